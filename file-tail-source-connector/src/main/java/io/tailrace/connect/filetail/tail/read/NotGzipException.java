package io.tailrace.connect.filetail.tail.read;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A file whose name says that it is compressed with gzip isn't, or not yet. */
public final class NotGzipException extends FileSystemException {
    private static final long serialVersionUID = 1;

    NotGzipException(Path path) {
        super(path.toString(), null, "its name ends in .gz, but it isn't gzip data");
    }
}
