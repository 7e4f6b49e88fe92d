package io.tailrace.connect.filetail.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;

/** Copies that somebody makes of a log, or of an old generation, are none of its generations. */
class TailerBackupsTest extends TailerFixture {
    private void backup(String name, String glob) throws IOException {
        append(log, numbered(0, 300));
        try (Rig rig = new Rig(Rig.entry(dir.resolve(glob)))) {
            rig.drain();
            Files.copy(log, dir.resolve(name));
            rig.poll();
            append(log, numbered(300, 310));
            rig.drain();
            rotate();
            append(log, "b1\n");
            rig.drain();
            assertThat(rig.newLines()).hasSize(311).endsWith("line 309", "b1");
        }
    }

    @Test
    void aBackupIsNoGeneration() throws IOException {
        backup("app.log.bak", "app.log");
    }

    @Test
    void aBackupWithADateIsNoGeneration() throws IOException {
        backup("app.log.20261122", "app.log");
    }

    @Test
    void aBackupThatTheGlobMatches() throws IOException {
        backup("app.log.bak", "app.log*");
    }

    /** The same file is written anew every night. */
    @Test
    void aBackupThatIsOverwritten() throws IOException {
        Path bak = dir.resolve("app.log.old");
        append(bak, numbered(0, 50));
        append(log, numbered(0, 100));
        try (Rig rig = new Rig(Rig.entry(log))) {
            rig.drain();
            Files.copy(log, bak, StandardCopyOption.REPLACE_EXISTING);
            append(log, numbered(100, 110));
            rig.drain();
            rotate();
            append(log, "b1\n");
            rig.drain();
            assertThat(rig.newLines()).hasSize(111).endsWith("line 109", "b1");
        }
    }

    /** Somebody looks into an old generation. */
    @Test
    void anOldGenerationIsUnpacked() throws IOException {
        Path old = dir.resolve("app.log.3");
        append(old, "old1\n");
        Files.setLastModifiedTime(old, FileTime.fromMillis(System.currentTimeMillis() - 90_000_000L));
        Path gz = TailerGzipTest.gzip(old);
        append(log, "a1\n");
        try (Rig rig = new Rig(Rig.entry(log))) {
            rig.drain();
            append(old, "old1\n");
            Files.setLastModifiedTime(old, Files.getLastModifiedTime(gz));
            Files.delete(gz);
            rig.drain();
            Files.move(log, dir.resolve("app.log.1"));
            append(log, "b1\n");
            rig.drain();
            assertThat(rig.newLines()).containsExactly("a1", "b1");
        }
    }
}
