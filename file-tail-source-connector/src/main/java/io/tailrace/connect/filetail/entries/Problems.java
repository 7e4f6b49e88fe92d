package io.tailrace.connect.filetail.entries;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with one list of entries, up to a limit. */
final class Problems {
    private static final int MAX_KEPT = 1_000;

    private final String source;
    private final List<EntryProblem> kept = new ArrayList<>();
    private int count;

    Problems(String source) {
        this.source = source;
    }

    void add(int entryNumber, String field, String value, String reason) {
        count++;
        if (kept.size() < MAX_KEPT) {
            kept.add(new EntryProblem(entryNumber, field, value, reason));
        }
    }

    void add(int entryNumber, String field, JsonNode value, String reason) {
        add(entryNumber, field, value.toString(), reason);
    }

    /** How many were found, also beyond the limit. */
    int count() {
        return count;
    }

    void throwIfAny() {
        if (count > 0) {
            kept.sort(Comparator.comparingInt(EntryProblem::entryNumber));
            throw new InvalidEntriesException(source, kept);
        }
    }
}
