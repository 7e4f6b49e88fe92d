package io.tailrace.connect.filetail.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A folder of links to files that are rotated where they are, as Kubernetes has them. */
class TailerLinksTest extends TailerFixture {
    private Path real;
    private Path containers;

    @BeforeEach
    void link() throws IOException {
        Path pod = Files.createDirectories(dir.resolve("pods/web"));
        Path docker = Files.createDirectory(dir.resolve("docker"));
        containers = Files.createDirectory(dir.resolve("containers"));
        real = docker.resolve("0.log");
        append(real, "a1\n");
        Files.createSymbolicLink(pod.resolve("0.log"), real);
        Files.createSymbolicLink(containers.resolve("web.log"), Path.of("../pods/web/0.log"));
    }

    private void rotateAs(String name) throws IOException {
        Files.move(real, real.resolveSibling(name));
    }

    private void compressAsKubelet(String name) throws IOException {
        Path compressed = TailerGzipTest.gzip(real.resolveSibling(name));
        Files.setLastModifiedTime(compressed, FileTime.fromMillis(System.currentTimeMillis()));
    }

    @Test
    void readsWhatWasRotatedWhileDown() throws IOException {
        try (Rig rig = new Rig(Rig.entry(containers + "/*.log"))) {
            rig.poll().commit().stop();
            append(real, "a2\n");
            rotateAs("0.log.20261122-050000");
            append(real, "b1\n");
            rotateAs("0.log.20261122-050100");
            append(real, "c1\n");
            assertThat(rig.crash().drain().lines()).containsExactly("a1", "a2", "b1", "c1");
        }
    }

    @Test
    void readsWhatWasRotatedTwiceBetweenTwoLooks() throws IOException {
        try (Rig rig = new Rig(Rig.entry(containers + "/*.log"))) {
            rig.poll();
            append(real, "a2\n");
            rotateAs("0.log.2");
            append(real, "b1\n");
            rotateAs("0.log.1");
            append(real, "c1\n");
            assertThat(rig.drain().lines()).containsExactly("a1", "a2", "b1", "c1");
        }
    }

    @Test
    void readsTheRestOfAFileThatWasClosedAndThenRotated() throws IOException {
        try (Rig rig = new Rig(Rig.entry(containers + "/*.log", "'close_idle':'10s'"))) {
            rig.drain();
            append(real, "a2\n");
            rotateAs("0.log.1");
            append(real, "b1\n");
            assertThat(rig.drain().lines()).containsExactly("a1", "a2", "b1");
        }
    }

    @Test
    void readsTheRestOfACopyThatWasTruncatedWhileDown() throws IOException {
        try (Rig rig = new Rig(Rig.entry(containers + "/*.log"))) {
            rig.poll().commit().stop();
            append(real, "a2\n");
            Files.copy(real, real.resolveSibling("0.log.1"));
            Files.writeString(real, "b1\n");
            assertThat(rig.crash().drain().lines()).containsExactly("a1", "a2", "b1");
        }
    }

    @Test
    void followsALinkToAnotherFile() throws IOException {
        try (Rig rig = new Rig(Rig.entry(containers + "/*.log"))) {
            rig.drain();
            append(real, "a2\n");
            Path link = containers.resolve("web.log");
            Path next = real.resolveSibling("1.log");
            append(next, "b1\n");
            Files.delete(link);
            Files.createSymbolicLink(link, next);
            assertThat(rig.drain().lines()).containsExactly("a1", "a2", "b1");
        }
    }

    /** What the log was called before it was begun is compressed when it is rotated again. */
    @Test
    void sendsNothingOfBeforeTheFirstStartThatKubeletCompresses() throws IOException {
        append(real.resolveSibling("0.log.20261122-050000"), "old\n");
        try (Rig rig = new Rig(Rig.entry(containers + "/*.log", "'start_position':'end'"))) {
            rig.drain();
            append(real, "a2\n");
            rig.drain();
            compressAsKubelet("0.log.20261122-050000");
            rotateAs("0.log.20261122-060000");
            append(real, "b1\n");
            rig.age(Duration.ofSeconds(30));
            assertThat(rig.drain().lines()).containsExactly("a2", "b1");
        }
    }

    /** What was compressed before it could be read is only as long as one that was there before, and not the same. */
    @Test
    void readsACompressedGenerationThatIsAsLongAsAnOlderOne() throws IOException {
        append(real.resolveSibling("0.log.20261122-050000"), "b1\n");
        try (Rig rig = new Rig(Rig.entry(containers + "/*.log"))) {
            rig.drain().commit().stop();
            Files.delete(real.resolveSibling("0.log.20261122-050000"));
            rotateAs("0.log.20261122-060000");
            append(real, "c1\n");
            rotateAs("0.log.20261122-070000");
            compressAsKubelet("0.log.20261122-070000");
            append(real, "d1\n");
            rig.age(Duration.ofSeconds(30));
            assertThat(rig.crash().drain().lines()).containsExactly("a1", "c1", "d1");
        }
    }

    /** It gives what it compresses the time of that, which is just before it renames the log. */
    @Test
    void sendsNothingAgainThatKubeletCompresses() throws IOException {
        try (Rig rig = new Rig(Rig.entry(containers + "/*.log"))) {
            rig.drain();
            rotateAs("0.log.20261122-050000");
            append(real, "b1\n");
            assertThat(rig.drain().newLines()).containsExactly("a1", "b1");
            compressAsKubelet("0.log.20261122-050000");
            rotateAs("0.log.20261122-060000");
            append(real, "c1\n");
            rig.age(Duration.ofSeconds(30));
            assertThat(rig.drain().newLines()).containsExactly("c1");
        }
    }
}
