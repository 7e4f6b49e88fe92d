package io.tailrace.connect.filetail.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirTest {
    @TempDir
    Path temp;

    @Test
    void isMadeForItsOwnerOnly() throws IOException {
        StateDir.open(temp.resolve("a/b"));
        assertThat(Files.getPosixFilePermissions(temp.resolve("a/b")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void isNotUsedWhereOthersMayWrite() throws IOException {
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatIOException()
                .isThrownBy(() -> StateDir.open(temp))
                .withMessageContaining("may be written to by every user");
    }

    @Test
    void isNotUsedWhereAFileStands() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "x");
        assertThatIOException().isThrownBy(() -> StateDir.open(file)).withMessageContaining("file");
    }

    @Test
    void everyNameHasItsOwnFileInTheFolder() throws IOException {
        StateDir state = StateDir.open(temp);
        assertThat(state.file("entries", "../../etc/passwd").getParent()).isEqualTo(temp);
        assertThat(state.file("entries", "a/b")).isNotEqualTo(state.file("entries", "a_b"));
        assertThat(state.file("entries", "名".repeat(500)).getFileName().toString())
                .hasSizeLessThan(120);
    }

    @Test
    void isMadeAgainIfItIsRemoved() throws IOException {
        Path dir = temp.resolve("a/b");
        StateDir state = StateDir.open(dir);
        Files.delete(dir);
        state.write(state.file("entries", "c"), "one");
        assertThat(state.file("entries", "c")).hasContent("one");
        assertThat(Files.getPosixFilePermissions(dir)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void writingReplacesAndLeavesNothingBehind() throws IOException {
        StateDir state = StateDir.open(temp);
        Path file = state.file("entries", "c");
        state.write(file, "one");
        state.write(file, "two ü");
        assertThat(file).hasContent("two ü");
        assertThat(temp).isDirectoryContaining(path -> path.equals(file)).isDirectoryNotContaining("glob:**.tmp");
    }
}
