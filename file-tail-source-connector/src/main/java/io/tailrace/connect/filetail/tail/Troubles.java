package io.tailrace.connect.filetail.tail;

import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files and folders that can't be read or looked at at present, as the entries of a task see it. Each is said once: when
 * it begins, whichever entries it concerns, when its reason changes, and when it's over.
 */
final class Troubles {
    private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);

    /** Most that are said one by one of what a scan has found; a log that is full of them tells no more. */
    private static final int MAX_SAID = 20;

    private final Map<EntryTail, Map<Path, String>> ofEntries = new HashMap<>();
    private Map<Path, String> all = Map.of();

    /** Why each path can't be read. */
    Map<Path, String> all() {
        return all;
    }

    /** Takes note of all that an entry has trouble with now. */
    void replace(EntryTail entry, Map<Path, String> reasons) {
        ofEntries.put(entry, Map.copyOf(reasons));
        Map<Path, String> before = all;
        Map<Path, String> now = new TreeMap<>();
        ofEntries.values().forEach(now::putAll);
        all = Collections.unmodifiableMap(now);
        say(before);
    }

    private void say(Map<Path, String> before) {
        int begun = 0;
        for (Map.Entry<Path, String> each : all.entrySet()) {
            if (each.getValue().equals(before.get(each.getKey()))) {
                continue;
            }
            if (++begun <= MAX_SAID) {
                LOG.warn("{} can't be read at present: {}", each.getKey(), each.getValue());
            }
        }
        if (begun > MAX_SAID) {
            LOG.warn("{} other files and folders can't be read at present either", begun - MAX_SAID);
        }
        before.keySet().stream()
                .filter(path -> !all.containsKey(path))
                .limit(MAX_SAID)
                .forEach(path -> LOG.info("{} is no trouble any more", path));
    }
}
