package io.tailrace.benchmarks.stages;

import io.tailrace.benchmarks.data.AccessLog;
import io.tailrace.benchmarks.data.DataSet;
import io.tailrace.connect.filetail.tail.frame.Line;
import java.util.ArrayList;
import java.util.List;

/** A line in an array of its own. */
final class HeldLine implements Line {
    /** How many lines one invocation of a benchmark works on. */
    static final int COUNT = 1000;

    private final byte[] bytes;
    private final long offset;

    private HeldLine(byte[] bytes, long offset) {
        this.bytes = bytes;
        this.offset = offset;
    }

    /** The first lines of some data. */
    static List<HeldLine> some(String data) {
        AccessLog log = DataSet.named(data).lines();
        List<HeldLine> lines = new ArrayList<>(COUNT);
        long offset = 0;
        for (int i = 0; i < COUNT; i++) {
            HeldLine line = new HeldLine(log.next(), offset);
            lines.add(line);
            offset += line.lineEnd() + 1;
        }
        return lines;
    }

    @Override
    public byte[] buffer() {
        return bytes;
    }

    @Override
    public int lineStart() {
        return 0;
    }

    @Override
    public int lineEnd() {
        return bytes.length;
    }

    @Override
    public long lineOffset() {
        return offset;
    }
}
