package io.tailrace.connect.etcd.watch;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Remembers what was complained about, so that the log has each complaint once and not at every look. */
final class Complaints {
    private final Map<String, String> made = new HashMap<>();

    /** Whether this is a new complaint about the subject. */
    boolean isNew(String about, String complaint) {
        return !complaint.equals(made.put(about, complaint));
    }

    /** There is nothing to complain about any more; true if there was. */
    boolean settle(String about) {
        return made.remove(about) != null;
    }

    void retain(Set<String> subjects) {
        made.keySet().retainAll(subjects);
    }
}
