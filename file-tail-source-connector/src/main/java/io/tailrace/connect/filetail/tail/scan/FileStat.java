package io.tailrace.connect.filetail.tail.scan;

import io.tailrace.connect.filetail.tail.identify.FileKey;
import io.tailrace.connect.filetail.tail.read.GzipContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * A regular file at one moment, symbolic links followed.
 *
 * @param path where it was seen
 * @param key its device and inode
 * @param size in bytes
 * @param modifiedMillis when it was last written to, in milliseconds since 1970
 */
public record FileStat(Path path, FileKey key, long size, long modifiedMillis) {
    private static final long MTIME_IS_OLD_MILLIS = 1000;

    /**
     * Looks at a path.
     *
     * @param path of a file
     * @return what is there, empty if that is nothing or no regular file
     * @throws IOException if it can't be looked at
     */
    public static Optional<FileStat> of(Path path) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return attributes.isRegularFile() ? Optional.of(of(path, attributes)) : Optional.empty();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Optional.empty();
        }
    }

    private static FileStat of(Path path, BasicFileAttributes attributes) {
        return new FileStat(
                path,
                FileKey.of(attributes, GzipContent.isNamed(path)),
                attributes.size(),
                attributes.lastModifiedTime().toMillis());
    }

    /**
     * Whether what is in it is compressed, so that its size says little.
     *
     * @return whether it is a gzip file, going by its name
     */
    public boolean isGzip() {
        return key.compressed();
    }

    /**
     * Whether it may be written to again without a change of its time stamp, as that is young.
     *
     * @param nowMillis the time, in milliseconds since 1970
     * @return whether the time stamp may be that of a later change too
     */
    public boolean isFresh(long nowMillis) {
        return Math.abs(nowMillis - modifiedMillis) < MTIME_IS_OLD_MILLIS;
    }

    /**
     * When the file was last written to, renamed or otherwise changed.
     *
     * @return milliseconds since 1970
     * @throws IOException if it can't be looked at
     */
    public long changedMillis() throws IOException {
        FileTime changed = (FileTime) Files.getAttribute(path, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
        return Math.max(changed.toMillis(), modifiedMillis);
    }
}
