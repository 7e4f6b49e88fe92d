package io.tailrace.it.support;

import java.nio.file.Path;
import java.util.Optional;

/** The ways in which a {@link LineWriter}'s file is rotated while it is written to. No line is lost in any of them. */
public enum Rotation {
    /** The writer renames its file between two writes. */
    OWN_RENAME {
        @Override
        void rotate(LineWriter writer, Path file, Optional<Logrotate> logrotate, int keep) {
            writer.rotate(keep);
        }
    },
    /** The writer copies and truncates its file between two writes. */
    OWN_COPY_TRUNCATE {
        @Override
        void rotate(LineWriter writer, Path file, Optional<Logrotate> logrotate, int keep) {
            writer.copyTruncate(keep);
        }
    },
    /**
     * logrotate renames the file and makes a new one. The writer, as programs do, writes on into the renamed file until it
     * is told to open the new one.
     */
    LOGROTATE_CREATE {
        @Override
        void rotate(LineWriter writer, Path file, Optional<Logrotate> logrotate, int keep) {
            logrotate.orElseThrow().rotate(file, "create", "rotate " + keep);
            writer.reopen();
        }
    },
    /**
     * logrotate copies the file and truncates it. What a program writes between the two, logrotate destroys, unseen by
     * anyone. So that every line that is missing in the end is one that was there to be read, the writer pauses until
     * logrotate has ended; nothing else is eased: the reader sees the copy grow and the file shrink as it happens.
     */
    LOGROTATE_COPY_TRUNCATE {
        @Override
        void rotate(LineWriter writer, Path file, Optional<Logrotate> logrotate, int keep) {
            writer.pauseFor(() -> logrotate.orElseThrow().rotate(file, "copytruncate", "rotate " + keep));
        }
    };

    abstract void rotate(LineWriter writer, Path file, Optional<Logrotate> logrotate, int keep);

    /**
     * Whether it takes the program logrotate.
     *
     * @return false for those that the writer does by itself
     */
    public boolean needsLogrotate() {
        return name().startsWith("LOGROTATE");
    }
}
