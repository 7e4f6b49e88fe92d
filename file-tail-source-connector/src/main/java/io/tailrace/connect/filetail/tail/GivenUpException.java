package io.tailrace.connect.filetail.tail;

import io.tailrace.connect.filetail.tail.scan.FileStat;
import java.io.IOException;
import java.nio.file.Path;

/** A file has been unreadable for so long that it is passed over. */
final class GivenUpException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient FileStat file;

    GivenUpException(FileStat file, IOException cause) {
        super(file.path() + " is passed over, since it can't be read: " + cause, cause);
        this.file = file;
    }

    /** Whether that is what is at a path now, and so nothing comes after it. */
    boolean isOf(Path path) {
        return file.path().equals(path);
    }
}
