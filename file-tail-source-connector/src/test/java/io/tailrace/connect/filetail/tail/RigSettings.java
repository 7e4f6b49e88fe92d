package io.tailrace.connect.filetail.tail;

import io.tailrace.connect.filetail.state.StateDir;
import io.tailrace.connect.filetail.tail.record.HostIdentity;
import io.tailrace.connect.filetail.tail.record.RecordFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The settings of a {@link Rig}: lines as bytes with their metadata, and limits so low that tests meet them. */
final class RigSettings {
    private RecordFormat format = new RecordFormat(false, true, true, Set.of());
    private Predicate<Path> allowed = path -> true;
    private Duration rotateWait = Rig.ROTATE_WAIT;
    private int batchMaxRecords = 500;
    private int readBufferBytes = 4096;
    private int openFilesMax = Rig.OPEN_FILES_MAX;

    RigSettings format(RecordFormat records) {
        format = records;
        return this;
    }

    RigSettings allowed(Predicate<Path> test) {
        allowed = test;
        return this;
    }

    RigSettings rotateWait(Duration wait) {
        rotateWait = wait;
        return this;
    }

    RigSettings batchMaxRecords(int records) {
        batchMaxRecords = records;
        return this;
    }

    RigSettings readBufferBytes(int bytes) {
        readBufferBytes = bytes;
        return this;
    }

    RigSettings openFilesMax(int files) {
        openFilesMax = files;
        return this;
    }

    TailSettings with(StateDir state) {
        return new TailSettings(
                format,
                new HostIdentity("host", "host", List.of()),
                allowed,
                rotateWait,
                Duration.ofSeconds(1),
                batchMaxRecords,
                1 << 20,
                readBufferBytes,
                openFilesMax,
                state,
                "rig");
    }
}
