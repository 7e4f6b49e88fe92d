package io.tailrace.connect.filetail.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
    private static final long NOW = 1_800_000_000_000L;

    @TempDir
    Path temp;

    private StateDir dir;
    private Leftovers leftovers;

    @BeforeEach
    void open() throws IOException {
        dir = StateDir.open(temp);
        leftovers = new Leftovers(dir, "positions");
    }

    @Test
    void whatNobodyMarksIsRemovedInTheEnd() throws IOException {
        Path mine = file("positions", "mine", Duration.ofDays(40));
        Path others = file("positions", "others", Duration.ofDays(29));
        Path old = file("positions", "old", Duration.ofDays(31));
        Path otherKind = file("entries", "old", Duration.ofDays(31));
        leftovers.mark(List.of(mine, dir.file("positions", "never written")), NOW);
        assertThat(leftovers.sweep(NOW)).isEqualTo(1);
        assertThat(List.of(mine, others, otherKind)).allMatch(Files::exists);
        assertThat(old).doesNotExist();
        assertThat(dir.file("positions", "never written")).doesNotExist();
    }

    @Test
    void theirNumberIsBounded() throws IOException {
        for (int i = 0; i < Leftovers.MAX_FILES; i++) {
            file("positions", "marked " + i, Duration.ofMinutes(1));
        }
        Path oldest = file("positions", "oldest", Duration.ofDays(2));
        Path older = file("positions", "older", Duration.ofDays(1));
        Path fresh = file("positions", "fresh", Duration.ofHours(1));
        assertThat(leftovers.sweep(NOW)).isEqualTo(2);
        assertThat(oldest).doesNotExist();
        assertThat(older).doesNotExist();
        assertThat(fresh).exists();
    }

    private Path file(String kind, String name, Duration age) throws IOException {
        Path file = Files.writeString(dir.file(kind, name), "{}");
        return Files.setLastModifiedTime(file, FileTime.fromMillis(NOW - age.toMillis()));
    }
}
