package io.tailrace.connect.filetail.tail.read;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.tailrace.connect.filetail.tail.identify.FileKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Opens files that lie where they may, and no others, even if somebody swaps a link in between: the path is resolved and
 * checked, and then walked from the root, folder by folder, without following any link (openat with O_NOFOLLOW).
 */
public final class FileOpener implements Opener {
    private final Predicate<Path> allowed;

    /**
     * Makes an opener.
     *
     * @param allowed tells of a path without links whether it may be read
     */
    public FileOpener(Predicate<Path> allowed) {
        this.allowed = allowed;
    }

    /**
     * Opens a file.
     *
     * @param path may have links in it; if it ends in {@code .gz}, the content is what has been compressed
     * @return the open file
     * @throws NotGzipException if it ends so, and isn't
     * @throws AccessDeniedException if it lies where it may not
     * @throws IOException if it can't be opened, or changes under our eyes
     */
    @Override
    public Opened open(Path path) throws IOException {
        Path real = path.toRealPath();
        if (!allowed.test(real)) {
            throw new AccessDeniedException(path.toString(), null, real + " is not under allowed.paths");
        }
        try (DirectoryStream<Path> root = Files.newDirectoryStream(real.getRoot())) {
            Opened opened = descend(secure(root, real), real, 0);
            return GzipContent.isNamed(path) ? decompressing(opened, path) : opened;
        }
    }

    private static Opened decompressing(Opened opened, Path path) throws IOException {
        try {
            if (GzipContent.isGzip(opened.content())) {
                FileKey key = opened.key();
                return new Opened(new FileKey(key.device(), key.inode(), true), new GzipContent(opened.content()));
            }
            throw new NotGzipException(path);
        } catch (IOException e) {
            opened.content().close();
            throw e;
        }
    }

    private static Opened descend(SecureDirectoryStream<Path> directory, Path real, int depth) throws IOException {
        Path name = real.getName(depth);
        if (depth == real.getNameCount() - 1) {
            return openIn(directory, name, real);
        }
        try (SecureDirectoryStream<Path> child = directory.newDirectoryStream(name, NOFOLLOW_LINKS)) {
            return descend(child, real, depth + 1);
        }
    }

    private static Opened openIn(SecureDirectoryStream<Path> directory, Path name, Path real) throws IOException {
        FileKey before = keyOf(directory, name, real);
        FileChannel channel =
                (FileChannel) directory.newByteChannel(name, Set.of(StandardOpenOption.READ, NOFOLLOW_LINKS));
        try {
            if (!keyOf(directory, name, real).equals(before)) {
                throw new FileSystemException(real.toString(), null, "replaced while it was being opened");
            }
            return new Opened(before, new ChannelContent(channel));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static FileKey keyOf(SecureDirectoryStream<Path> directory, Path name, Path real) throws IOException {
        BasicFileAttributes attributes = directory
                .getFileAttributeView(name, BasicFileAttributeView.class, NOFOLLOW_LINKS)
                .readAttributes();
        if (!attributes.isRegularFile()) {
            throw new FileSystemException(real.toString(), null, "not a regular file");
        }
        return FileKey.of(attributes, false);
    }

    private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> stream, Path real) throws IOException {
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return secure;
        }
        throw new FileSystemException(real.toString(), null, "the platform can't open files without following links");
    }

    private record ChannelContent(FileChannel channel) implements Content {
        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return channel.read(into, position);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
