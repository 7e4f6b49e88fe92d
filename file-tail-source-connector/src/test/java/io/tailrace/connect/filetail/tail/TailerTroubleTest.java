package io.tailrace.connect.filetail.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.tailrace.connect.filetail.tail.measure.Count;
import io.tailrace.testing.LogCapture;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What keeps files from being read for a while: each is one warning, counts in a metric for as long as it lasts, delays no
 * other file, and ends by itself.
 */
class TailerTroubleTest extends TailerFixture {
    private static final int SCANS = 50;

    private final FaultyDisk disk = new FaultyDisk();
    private LogCapture warnings;
    private Path other;

    @BeforeEach
    void captureWarnings() {
        warnings = LogCapture.of("io.tailrace.connect.filetail.tail");
        other = dir.resolve("other.log");
        append(other, "first\n");
    }

    @AfterEach
    void releaseWarnings() {
        warnings.close();
    }

    private Rig rig(Object path) {
        return new Rig(settings -> settings, disk, Rig.entry(path));
    }

    /** Goes on for many scans, in which the other file is read at once. */
    private void otherIsNotDelayed(Rig rig) {
        for (int i = 0; i < SCANS; i++) {
            append(other, "other " + i + "\n");
            assertThat(rig.poll().newLines()).contains("other " + i);
        }
    }

    private static void unreadable(Rig rig, Path path, String reason) {
        assertThat(rig.progress().unreadableFiles()).isEqualTo(1);
        assertThat(rig.progress().unreadable()).containsOnlyKeys(path);
        assertThat(rig.progress().unreadable().get(path)).contains(reason);
    }

    private static void nothingUnreadable(Rig rig) {
        assertThat(rig.progress().unreadable()).isEmpty();
        assertThat(rig.progress().unreadableFiles()).isZero();
        assertThat(rig.progress().streams()).allMatch(stream -> stream.error().isEmpty());
    }

    private void warnedOnce(String... parts) {
        assertThat(warnings.messages()).hasSize(1);
        assertThat(warnings.messages().get(0)).startsWith("WARN ").contains(parts);
    }

    @Test
    void aDiskReadError() {
        append(log, "one\n");
        try (Rig rig = rig(dir + "/*.log")) {
            rig.poll();
            disk.broken.add(log);
            append(log, "two\n");
            otherIsNotDelayed(rig);
            warnedOnce(log.toString(), "can't be read at present", "Input/output error");
            unreadable(rig, log, "Input/output error");
            long errors = rig.progress().total().get(Count.READ_ERRORS);
            assertThat(errors).isPositive();
            disk.broken.clear();
            assertThat(rig.drain().newLines()).containsExactly("two");
            nothingUnreadable(rig);
            assertThat(rig.progress().total().get(Count.READ_ERRORS)).isEqualTo(errors);
            assertThat(warnings.messages()).as("nothing more").hasSize(1);
        }
    }

    @Test
    void aDiskReadErrorInTheFirstBytes() {
        append(log, "one\n");
        disk.broken.add(log);
        try (Rig rig = rig(dir + "/*.log")) {
            otherIsNotDelayed(rig);
            warnedOnce(log.toString(), "Input/output error");
            unreadable(rig, log, "Input/output error");
            disk.broken.clear();
            assertThat(rig.drain().newLines()).containsExactly("one");
            nothingUnreadable(rig);
        }
    }

    @Test
    void aDiskReadErrorWhenATaskResumes() {
        append(log, "one\n");
        try (Rig rig = rig(dir + "/*.log")) {
            rig.drain();
            rig.newLines();
            append(log, "two\n");
            disk.broken.add(log);
            rig.restart();
            otherIsNotDelayed(rig);
            warnedOnce(log.toString(), "Input/output error");
            unreadable(rig, log, "Input/output error");
            disk.broken.clear();
            assertThat(rig.drain().newLines()).containsExactly("two");
            nothingUnreadable(rig);
        }
    }

    @Test
    void isWarnedOfAgainWhenItComesAgain() {
        append(log, "one\n");
        try (Rig rig = rig(dir + "/*.log")) {
            rig.poll();
            for (int times = 1; times <= 3; times++) {
                disk.broken.add(log);
                append(log, "more\n");
                otherIsNotDelayed(rig);
                assertThat(warnings.messages()).hasSize(times);
                disk.broken.clear();
                assertThat(rig.drain().newLines()).containsExactly("more");
            }
        }
    }

    @Test
    void aFileWithoutPermissionAndThenWith() {
        append(log, "one\n");
        disk.forbidden.add(log);
        try (Rig rig = rig(dir + "/*.log")) {
            otherIsNotDelayed(rig);
            warnedOnce(log.toString(), "AccessDenied");
            unreadable(rig, log, "AccessDenied");
            disk.forbidden.clear();
            assertThat(rig.drain().newLines()).containsExactly("one");
            nothingUnreadable(rig);
        }
    }

    @Test
    void aFileThatReallyHasNoPermissionAndThenHas() throws IOException {
        append(log, "one\n");
        Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(log), "permissions don't bind root");
        try (Rig rig = rig(dir + "/*.log")) {
            otherIsNotDelayed(rig);
            warnedOnce(log.toString(), "AccessDenied");
            unreadable(rig, log, "AccessDenied");
            Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rw-------"));
            assertThat(rig.drain().newLines()).containsExactly("one");
            nothingUnreadable(rig);
        }
    }

    @Test
    void manyFilesWithoutPermissionAreTriedLessAndLess() {
        for (int i = 0; i < 200; i++) {
            Path file = dir.resolve(i + ".log");
            append(file, "one\n");
            disk.forbidden.add(file);
        }
        try (Rig rig = rig(dir + "/*.log")) {
            otherIsNotDelayed(rig);
            assertThat(rig.progress().unreadableFiles()).isEqualTo(200);
            assertThat(rig.progress().unreadable()).hasSize(100);
            int before = disk.openings();
            otherIsNotDelayed(rig);
            assertThat(disk.openings() - before).isLessThan(200 * SCANS / 10);
        }
    }

    @Test
    void aFolderThatVanishesAndComesBack() throws IOException {
        Path folder = Files.createDirectory(dir.resolve("app"));
        Path file = folder.resolve("app.log");
        append(file, "one\n");
        try (Rig rig = new Rig(
                settings -> settings, disk, Rig.entry(folder + "/*.log"), Rig.entry(dir + "/*.log", "'id':'other'"))) {
            rig.poll().newLines();
            Path away = dir.resolve("away");
            Files.move(folder, away);
            otherIsNotDelayed(rig);
            warnedOnce(folder.toString(), "the folder is gone");
            unreadable(rig, folder, "the folder is gone");
            append(away.resolve("app.log"), "two\n");
            Files.move(away, folder);
            append(folder.resolve("new.log"), "three\n");
            assertThat(rig.drain().newLines()).containsExactlyInAnyOrder("two", "three");
            nothingUnreadable(rig);
            assertThat(warnings.messages()).as("nothing more").hasSize(1);
        }
    }

    @Test
    void aFolderThatIsDeletedAndMadeAnew() throws IOException {
        Path folder = Files.createDirectory(dir.resolve("app"));
        Path file = folder.resolve("app.log");
        append(file, "one\n");
        try (Rig rig =
                new Rig(settings -> settings, disk, Rig.entry(file), Rig.entry(dir + "/*.log", "'id':'other'"))) {
            rig.poll().newLines();
            Files.delete(file);
            Files.delete(folder);
            otherIsNotDelayed(rig);
            warnedOnce(folder.toString(), "the folder is gone");
            unreadable(rig, folder, "the folder is gone");
            Files.createDirectory(folder);
            append(file, "two\n");
            assertThat(rig.drain().newLines()).containsExactly("two");
            nothingUnreadable(rig);
        }
    }

    @Test
    void aFolderThatWasNeverThereIsNoTrouble() throws IOException {
        Path folder = dir.resolve("app");
        try (Rig rig = rig(folder + "/*.log")) {
            rig.drain();
            assertThat(warnings.messages()).isEmpty();
            nothingUnreadable(rig);
            Files.createDirectory(folder);
            append(folder.resolve("app.log"), "one\n");
            assertThat(rig.drain().lines()).containsExactly("one");
        }
    }

    @Test
    void aFileThatIsReplacedByAFolder() throws IOException {
        append(log, "one\n");
        try (Rig rig = rig(dir + "/*.log")) {
            rig.poll().newLines();
            Files.delete(log);
            Files.createDirectory(log);
            otherIsNotDelayed(rig);
            warnedOnce(log.toString(), "a folder, not a file");
            unreadable(rig, log, "a folder, not a file");
            Files.delete(log);
            append(log, "two\n");
            assertThat(rig.drain().newLines()).containsExactly("two");
            nothingUnreadable(rig);
        }
    }

    @Test
    void aFolderThatAWildcardMatchesIsNoTrouble() throws IOException {
        Files.createDirectory(dir.resolve("folder.log"));
        try (Rig rig = rig(dir + "/*.log")) {
            otherIsNotDelayed(rig);
            assertThat(warnings.messages()).isEmpty();
            nothingUnreadable(rig);
        }
    }

    @Test
    void aPipe() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", log.toString()).start().waitFor())
                .isZero();
        try (Rig rig = rig(dir + "/*.log")) {
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> otherIsNotDelayed(rig));
            warnedOnce(log.toString(), "a pipe, socket or device");
            unreadable(rig, log, "a pipe, socket or device");
            Files.delete(log);
            append(log, "one\n");
            assertThat(rig.drain().newLines()).containsExactly("one");
            nothingUnreadable(rig);
        }
    }

    @Test
    void aFileThatIsReplacedByAPipe() throws Exception {
        append(log, "one\n");
        try (Rig rig = rig(dir + "/*.log")) {
            rig.poll().newLines();
            Files.delete(log);
            assertThat(new ProcessBuilder("mkfifo", log.toString()).start().waitFor())
                    .isZero();
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> otherIsNotDelayed(rig));
            warnedOnce(log.toString(), "a pipe, socket or device");
            unreadable(rig, log, "a pipe, socket or device");
        }
    }

    @Test
    void aSocket() throws IOException {
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                Rig rig = rig(dir + "/*.log")) {
            socket.bind(UnixDomainSocketAddress.of(log));
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> otherIsNotDelayed(rig));
            warnedOnce(log.toString(), "a pipe, socket or device");
            unreadable(rig, log, "a pipe, socket or device");
        }
    }

    @Test
    void aSymbolicLinkToNothing() throws IOException {
        Path target = dir.resolve("target");
        Files.createSymbolicLink(log, target);
        try (Rig rig = rig(dir + "/*.log")) {
            otherIsNotDelayed(rig);
            warnedOnce(log.toString(), "a symbolic link to " + target);
            unreadable(rig, log, "which isn't there");
            append(target, "one\n");
            assertThat(rig.drain().newLines()).containsExactly("one");
            nothingUnreadable(rig);
        }
    }

    @Test
    void ofManyFilesTheFirstAreNamedAndTheOthersCounted() throws IOException {
        for (int i = 0; i < 100; i++) {
            Files.createSymbolicLink(dir.resolve(i + ".log"), dir.resolve("nowhere"));
        }
        try (Rig rig = rig(dir + "/*.log")) {
            otherIsNotDelayed(rig);
            assertThat(warnings.messages())
                    .hasSize(21)
                    .last()
                    .asString()
                    .contains("80 other files and folders can't be read");
            assertThat(rig.progress().unreadableFiles()).isEqualTo(100);
        }
    }

    @Test
    void twoEntriesOnOneFileWarnOnce() throws IOException {
        Files.createSymbolicLink(log, dir.resolve("nowhere"));
        try (Rig rig =
                new Rig(settings -> settings, disk, Rig.entry(dir + "/*.log"), Rig.entry(log, "'id':'second'"))) {
            rig.drain();
            warnedOnce(log.toString(), "a symbolic link");
            unreadable(rig, log, "which isn't there");
        }
    }

    /** It may have what comes next, and so is waited for, but not for ever. */
    @Test
    void passesOverARotatedFileThatStaysUnreadable() throws IOException {
        FaultyDisk disk = new FaultyDisk();
        append(log, "a1\n");
        try (Rig rig = new Rig(settings -> settings, disk, Rig.entry(log))) {
            rig.poll();
            rotate();
            append(log, "b1\n");
            rotate();
            append(log, "c1\n");
            disk.forbidden.add(dir.resolve("app.log.1"));
            poll(rig, 30);
            assertThat(rig.lines()).containsExactly("a1");
            poll(rig, 120);
            assertThat(rig.lines()).containsExactly("a1", "c1");
        }
    }

    @Test
    void goesOnAfterARestartThoughTheRotatedFileIsUnreadable() throws IOException {
        FaultyDisk disk = new FaultyDisk();
        append(log, "a1\n");
        try (Rig rig = new Rig(settings -> settings, disk, Rig.entry(log))) {
            rig.poll().commit().stop();
            rotate();
            disk.forbidden.add(dir.resolve("app.log.1"));
            append(log, "b1\n");
            rig.crash();
            poll(rig, 200);
            assertThat(rig.lines()).containsExactly("a1", "b1");
        }
    }

    @Test
    void goesOnAfterATruncationThoughASiblingIsUnreadable() throws IOException {
        FaultyDisk disk = new FaultyDisk();
        append(dir.resolve("app.log.1"), numbered(1000, 1100));
        disk.forbidden.add(dir.resolve("app.log.1"));
        append(log, "a1\na2\n");
        try (Rig rig = new Rig(settings -> settings, disk, Rig.entry(log))) {
            rig.drain();
            Files.writeString(log, "b\n");
            poll(rig, 200);
            assertThat(rig.lines()).containsExactly("a1", "a2", "b");
        }
    }

    @Test
    void leavesARotatedFileThatStaysBroken() throws IOException {
        FaultyDisk disk = new FaultyDisk();
        append(log, "a1\n");
        try (Rig rig = new Rig(settings -> settings, disk, Rig.entry(log))) {
            rig.poll();
            disk.broken.add(log);
            append(log, "a2\n");
            poll(rig, 2);
            rotate();
            disk.broken.add(dir.resolve("app.log.1"));
            disk.broken.remove(log);
            append(log, "b1\n");
            poll(rig, 200);
            assertThat(rig.lines()).containsExactly("a1", "b1");
        }
    }

    private static void poll(Rig rig, int polls) {
        for (int poll = 0; poll < polls; poll++) {
            rig.poll();
        }
    }
}
