package io.tailrace.servers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Server distributions, unpacked once for each user of the machine, at a place where a server that runs as somebody else
 * can read them: the project itself may lie in a folder that only its owner can enter.
 */
final class Distribution {

    private static final String UNPACKING = ".unpacking-";
    private static final Duration ABANDONED_AFTER = Duration.ofHours(1);

    private Distribution() {}

    /**
     * Unpacks a zip, unless that was done before. Several JVMs may do so at once: each unpacks for itself, and the first
     * to rename its folder wins.
     *
     * @param zip named like the only folder in it
     * @return that folder
     */
    static Path unpacked(Path zip) throws IOException {
        String name = zip.getFileName().toString().replaceFirst("\\.zip$", "");
        Path cache = cache();
        Path target = cache.resolve(name);
        if (Files.isDirectory(target)) {
            return target;
        }
        discardAbandoned(cache);
        Path temporary = Files.createTempDirectory(cache, name + UNPACKING);
        try {
            unzip(zip, temporary);
            move(temporary.resolve(name), target);
        } finally {
            Home.deleteTree(temporary);
        }
        return target;
    }

    /** A folder of this user alone to write to, and of all to read. */
    static Path cache() throws IOException {
        Path shared = Path.of("/var/tmp");
        Path parent = Files.isWritable(shared) ? shared : Path.of(System.getProperty("java.io.tmpdir"));
        String user = System.getProperty("user.name");
        Path cache = parent.resolve("tailrace-" + user);
        if (!Files.isDirectory(cache, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(cache);
            Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        String owner = Files.getOwner(cache).getName();
        if (!owner.equals(user)) {
            throw new IOException(cache + " belongs to " + owner + " and not to " + user + "; remove it");
        }
        return cache;
    }

    private static void discardAbandoned(Path cache) throws IOException {
        Instant limit = Instant.now().minus(ABANDONED_AFTER);
        List<Path> folders;
        try (Stream<Path> entries = Files.list(cache)) {
            folders = entries.filter(entry -> entry.getFileName().toString().contains(UNPACKING))
                    .toList();
        }
        for (Path folder : folders) {
            if (Files.getLastModifiedTime(folder).toInstant().isBefore(limit)) {
                Home.deleteTree(folder);
            }
        }
    }

    private static void unzip(Path zip, Path target) throws IOException {
        try (InputStream file = Files.newInputStream(zip);
                ZipInputStream input = new ZipInputStream(file)) {
            for (ZipEntry entry = input.getNextEntry(); entry != null; entry = input.getNextEntry()) {
                extract(input, entry, target);
            }
        }
    }

    private static void extract(ZipInputStream input, ZipEntry entry, Path target) throws IOException {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("Zip entry outside its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        Files.copy(input, path);
        boolean program = path.getParent().endsWith("bin");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw e;
        } catch (FileSystemException e) {
            if (!Files.isDirectory(to)) {
                throw e;
            }
        }
    }
}
