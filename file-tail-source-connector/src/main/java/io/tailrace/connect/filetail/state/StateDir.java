package io.tailrace.connect.filetail.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder for local state. What stands in it decides what is collected and from where, so nobody else may write there:
 * it is made for its owner only, and not used where others may write or another user owns it.
 */
public final class StateDir {
    private static final int MAX_NAME_CHARS = 60;
    private static final int HASH_CHARS = 16;
    private static final Path THIS_PROCESS = Path.of("/proc/self");

    private final Path dir;

    private StateDir(Path dir) {
        this.dir = dir;
    }

    /**
     * Opens the folder, and makes it if it is missing.
     *
     * @param dir an absolute path
     * @return the folder, proven to be safe
     * @throws IOException saying why it cannot be used
     */
    public static StateDir open(Path dir) throws IOException {
        make(dir);
        return new StateDir(dir);
    }

    private static void make(Path dir) throws IOException {
        boolean posix = dir.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (posix && !Files.isDirectory(dir)) {
            Files.createDirectories(
                    dir, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        Files.createDirectories(dir);
        if (posix) {
            checkOwner(dir);
        }
    }

    private static void checkOwner(Path dir) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(dir);
        if (permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IOException("the folder " + dir + " may be written to by every user of this host");
        }
        String owner = Files.getOwner(dir).getName();
        String user = processOwner();
        if (!List.of("root", System.getProperty("user.name"), user).contains(owner)) {
            throw new IOException("the folder " + dir + " belongs to " + owner + " and not to " + user);
        }
    }

    /** In containers the process may have a user without a name: then files have its number, and Java calls it "?". */
    private static String processOwner() throws IOException {
        return Files.isDirectory(THIS_PROCESS)
                ? Files.getOwner(THIS_PROCESS).getName()
                : System.getProperty("user.name");
    }

    /**
     * The file for something that has a name.
     *
     * @param kind what kind of thing, such as {@code entries}: letters only
     * @param name any name, such as a connector's; different names give different files
     * @return a path in this folder
     */
    public Path file(String kind, String name) {
        return dir.resolve(kind + "-" + readable(name) + "-" + hash(name) + ".json");
    }

    /**
     * The files of all names that begin alike, and perhaps of some that only look alike.
     *
     * @param kind what kind of thing
     * @param nameStart how the names begin
     * @return the files that there are
     * @throws IOException if the folder can't be listed
     */
    public List<Path> files(String kind, String nameStart) throws IOException {
        String start = kind + "-" + readable(nameStart);
        try (Stream<Path> files = Files.list(dir)) {
            return files.filter(file -> file.getFileName().toString().startsWith(start))
                    .toList();
        }
    }

    private static String readable(String name) {
        String readable = name.replaceAll("[^a-zA-Z0-9_-]", "_");
        return readable.substring(0, Math.min(MAX_NAME_CHARS, readable.length()));
    }

    /**
     * Replaces a file's contents: after a crash, it has either the old or the new ones.
     *
     * @param file from {@link #file}
     * @param text the new contents
     * @throws IOException if they could not be written; the old ones are still there
     */
    public void write(Path file, String text) throws IOException {
        replace(file, text, true);
        forceFolder();
    }

    /**
     * Replaces a file's contents, for other processes and threads to read: they see either the old or the new ones. After a
     * crash of the host it may have neither.
     *
     * @param file from {@link #file}
     * @param text the new contents
     * @throws IOException if they could not be written
     */
    public void exchange(Path file, String text) throws IOException {
        replace(file, text, false);
    }

    /**
     * Adds to a file's contents. After a crash, part of it may be missing.
     *
     * @param file from {@link #file}; it must be there
     * @param text what to add
     * @throws IOException if it could not be written, or not all of it
     */
    public void append(Path file, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            write(channel, text);
            channel.force(true);
        }
    }

    /** All files of a kind, also those of other connectors. */
    List<Path> files(String kind) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(dir, kind + "-*.json")) {
            files.forEach(found::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }

    private void replace(Path file, String text, boolean force) throws IOException {
        if (!Files.isDirectory(dir)) {
            // It was removed; its files can be made again.
            make(dir);
        }
        Path temporary = Files.createTempFile(dir, "new-", ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                write(channel, text);
                if (force) {
                    channel.force(true);
                }
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void write(FileChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Without it, a power cut could bring the old file back. */
    private void forceFolder() throws IOException {
        try (FileChannel channel = FileChannel.open(dir, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static String hash(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_CHARS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
