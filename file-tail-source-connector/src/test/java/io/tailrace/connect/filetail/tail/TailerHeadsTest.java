package io.tailrace.connect.filetail.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;

/** Logs that begin alike: an old generation is no copy of a file that was truncated. */
class TailerHeadsTest extends TailerFixture {
    private static final String HEAD = "#Fields: date time method uri\n";

    private void oldGenerations() throws IOException {
        for (int i = 1; i <= 2; i++) {
            Path old = dir.resolve("app.log." + i);
            append(old, HEAD + "old" + i + "\n");
            Files.setLastModifiedTime(old, FileTime.fromMillis(System.currentTimeMillis() - i * 86_400_000L));
        }
    }

    @Test
    void isTruncatedWithoutACopy() throws IOException {
        oldGenerations();
        append(log, HEAD);
        try (Rig rig = new Rig(Rig.entry(log))) {
            rig.drain();
            Files.writeString(log, "");
            rig.poll();
            append(log, HEAD + "b1\n");
            rig.drain();
            assertThat(rig.newLines()).containsExactly(HEAD.trim(), HEAD.trim(), "b1");
        }
    }

    @Test
    void isCopiedAndTruncated() throws IOException {
        oldGenerations();
        append(log, HEAD);
        try (Rig rig = new Rig(Rig.entry(log))) {
            rig.drain();
            append(log, "a1\n");
            Files.move(dir.resolve("app.log.2"), dir.resolve("app.log.3"));
            Files.move(dir.resolve("app.log.1"), dir.resolve("app.log.2"));
            Files.copy(log, dir.resolve("app.log.1"));
            Files.writeString(log, "");
            rig.poll();
            append(log, HEAD + "b1\n");
            rig.drain();
            assertThat(rig.newLines()).containsExactly(HEAD.trim(), "a1", HEAD.trim(), "b1");
        }
    }

    @Test
    void isCopiedAndTruncatedWhileDown() throws IOException {
        oldGenerations();
        append(log, HEAD);
        try (Rig rig = new Rig(Rig.entry(log))) {
            rig.drain().commit().stop();
            append(log, "a1\n");
            Files.move(dir.resolve("app.log.2"), dir.resolve("app.log.3"));
            Files.move(dir.resolve("app.log.1"), dir.resolve("app.log.2"));
            Files.copy(log, dir.resolve("app.log.1"));
            Files.writeString(log, "b1\n");
            rig.crash().drain();
            assertThat(rig.newLines()).containsExactly(HEAD.trim(), "a1", "b1");
        }
    }

    @Test
    void isDeletedAndMadeAgainWhileDown() throws IOException {
        oldGenerations();
        append(log, HEAD);
        try (Rig rig = new Rig(Rig.entry(log))) {
            rig.drain().commit().stop();
            Files.delete(log);
            append(log, "b1\n");
            rig.crash().drain();
            assertThat(rig.newLines()).containsExactly(HEAD.trim(), "b1");
        }
    }
}
