package io.tailrace.benchmarks.stages;

import io.tailrace.connect.filetail.entries.EntriesJson;
import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.tail.identify.Bookmark;
import io.tailrace.connect.filetail.tail.identify.FileKey;
import io.tailrace.connect.filetail.tail.identify.Finished;
import io.tailrace.connect.filetail.tail.identify.StreamOffset;
import io.tailrace.connect.filetail.tail.match.PatternCost;
import io.tailrace.connect.filetail.tail.measure.Counts;

/** What stages of the source need beside lines. */
final class Samples {
    private Samples() {}

    /** An entry with more than path and topic: {@code ,"name":value} as often as wanted. */
    static Entry entry(String more) {
        String json =
                "[{\"path\":\"/var/log/nginx/access.log\",\"topic\":\"nginx_log\",\"service\":\"nginx\"" + more + "}]";
        return EntriesJson.parse(json, "benchmark").get(0);
    }

    /** Where a stream begins, of a file that isn't there. */
    static Bookmark beginning() {
        return Bookmark.atBeginning(new FileKey(1, 2));
    }

    /** An offset somewhere in a file. */
    static StreamOffset offset() {
        return new StreamOffset(new StreamOffset.Generation(1, new FileKey(1, 2), Finished.NONE, 0), 4711, 1, 2);
    }

    /** Counts what patterns take, and nobody reads it. */
    static PatternCost cost() {
        return new PatternCost("benchmark", new Counts());
    }
}
