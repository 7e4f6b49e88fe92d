package io.tailrace.connect.filetail.tail;

import io.tailrace.connect.filetail.tail.scan.FileStat;
import java.nio.file.Path;

/**
 * A rotation came between seeing a file at a path and opening it, or goes on while its files are looked for. Nothing is wrong;
 * the next scan sees where they are.
 */
final class FileMovedException extends NotYetException {
    FileMovedException(FileStat file) {
        this(file.path());
    }

    FileMovedException(Path path) {
        super(path + " has just become another file");
    }
}
