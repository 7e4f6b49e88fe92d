package io.tailrace.connect.filetail.tail.scan;

import io.tailrace.connect.filetail.tail.identify.FileKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * A directory at one moment, symbolic links followed. On a local file system it has the same stamp as long as no file
 * comes, goes or is renamed.
 *
 * @param key its device and inode
 * @param modified when a file last came or went
 */
public record DirectoryStamp(FileKey key, FileTime modified) {
    /** Some file systems count in units of two seconds. */
    private static final long COARSEST_MILLIS = 2000;

    /**
     * Looks at a path.
     *
     * @param path of a directory
     * @return what it is like, empty if there is none or it can't be looked at
     */
    public static Optional<DirectoryStamp> of(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return attributes.isDirectory()
                    ? Optional.of(new DirectoryStamp(FileKey.of(attributes, false), attributes.lastModifiedTime()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Tells whether more could happen without another stamp.
     *
     * @param millis the time, since 1970
     * @return whether the time stamp is so young that it need not change; one that lies in the future would
     */
    public boolean isYoung(long millis) {
        return Math.abs(millis - modified.toMillis()) < COARSEST_MILLIS;
    }
}
