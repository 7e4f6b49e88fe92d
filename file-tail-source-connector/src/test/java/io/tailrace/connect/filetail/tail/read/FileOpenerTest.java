package io.tailrace.connect.filetail.tail.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.connect.filetail.entries.PathPolicy;
import io.tailrace.connect.filetail.tail.read.Opener.Opened;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody who may write to a collected folder makes a link of what has just been found to be allowed. Whatever is opened then, it
 * is never what the link leads to.
 */
class FileOpenerTest {
    private static final String PUBLIC = "a line of the log";
    private static final String SECRET = "root:$6$secret";
    /** Enough for hundreds of swaps between the check and the open; a second at most. */
    private static final int RACES = 3_000;
    /** On a machine that hardly lets the other thread run. */
    private static final int MOST_RACES = 100 * RACES;

    private Path logs;
    private Path app;
    private Path log;
    private Path secrets;
    private PathPolicy policy;
    private Thread swapper;
    private final AtomicBoolean done = new AtomicBoolean();

    @BeforeEach
    void lay(@TempDir Path dir) throws IOException {
        Path real = dir.toRealPath();
        logs = Files.createDirectory(real.resolve("logs"));
        app = Files.createDirectory(logs.resolve("app"));
        log = Files.writeString(app.resolve("app.log"), PUBLIC);
        secrets = Files.createDirectory(real.resolve("secrets"));
        Files.writeString(secrets.resolve("app.log"), SECRET);
        policy = PathPolicy.of(List.of(logs.toString()));
    }

    @AfterEach
    void stopSwapping() throws InterruptedException {
        done.set(true);
        if (swapper != null) {
            swapper.join();
        }
    }

    /** What somebody does in the instant after the check. */
    private interface Trick {
        void play() throws IOException;
    }

    private Opener tricked(Trick trick) {
        return new FileOpener(real -> {
            boolean allowed = policy.allows(real);
            try {
                trick.play();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return allowed;
        });
    }

    private void refuses(Opener opener, Path path) {
        assertThatThrownBy(() -> read(opener, path)).isInstanceOf(IOException.class);
    }

    private static String read(Opener opener, Path path) throws IOException {
        Opened opened = opener.open(path);
        try (Content content = opened.content()) {
            ByteBuffer bytes = ByteBuffer.allocate(64);
            content.read(bytes, 0);
            return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
        }
    }

    private void swapFile() throws IOException {
        Path link = app.resolve("link");
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, secrets.resolve("app.log"));
        Files.move(link, log, StandardCopyOption.ATOMIC_MOVE);
    }

    private void restoreFile() throws IOException {
        Path plain = Files.writeString(app.resolve("plain"), PUBLIC);
        Files.move(plain, log, StandardCopyOption.ATOMIC_MOVE);
    }

    private void swapParent() throws IOException {
        Files.move(app, logs.resolve("aside"));
        Files.createSymbolicLink(app, secrets);
    }

    private void restoreParent() throws IOException {
        Files.delete(app);
        Files.move(logs.resolve("aside"), app);
    }

    @Test
    void aFileThatStaysIsRead() throws IOException {
        assertThat(read(tricked(() -> {}), log)).isEqualTo(PUBLIC);
    }

    @Test
    void aLinkThatLeadsOutsideIsRefusedAndNamed() throws IOException {
        swapFile();
        assertThatThrownBy(() -> read(new FileOpener(policy::allows), log))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContainingAll(log.toString(), secrets + "/app.log is not under allowed.paths");
    }

    @Test
    void aFolderThatLeadsOutsideIsRefused() throws IOException {
        swapParent();
        assertThatThrownBy(() -> read(new FileOpener(policy::allows), log))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("is not under allowed.paths");
    }

    @Test
    void aFileThatBecomesALinkAfterTheCheckIsNotFollowed() {
        refuses(tricked(this::swapFile), log);
    }

    @Test
    void aFolderThatBecomesALinkAfterTheCheckIsNotFollowed() {
        refuses(tricked(this::swapParent), log);
    }

    @Test
    void aFolderFurtherUpThatBecomesALinkAfterTheCheckIsNotFollowed() throws IOException {
        Path deep = Files.createDirectories(app.resolve("a/b"));
        Path file = Files.writeString(deep.resolve("deep.log"), PUBLIC);
        Path secret = Files.createDirectories(secrets.resolve("a/b"));
        Files.writeString(secret.resolve("deep.log"), SECRET);
        refuses(tricked(this::swapParent), file);
    }

    /** The link that was checked led to a good place; it is the place that is opened, not the link. */
    @Test
    void aLinkThatIsTurnedElsewhereAfterTheCheckDoesNotMatter() throws IOException {
        Path current = Files.createSymbolicLink(logs.resolve("current.log"), log);
        Opener opener = tricked(() -> {
            Files.delete(current);
            Files.createSymbolicLink(current, secrets.resolve("app.log"));
        });
        assertThat(read(opener, current)).isEqualTo(PUBLIC);
    }

    /** At whatever moment, also between the steps of the opening itself. */
    @Test
    void aFileThatIsSwappedAgainAndAgainNeverLeadsOutside() throws IOException {
        swapAndRestore(this::swapFile, this::restoreFile);
        readsNothingButTheLog();
    }

    @Test
    void aFolderThatIsSwappedAgainAndAgainNeverLeadsOutside() throws IOException {
        swapAndRestore(this::swapParent, this::restoreParent);
        readsNothingButTheLog();
    }

    private void swapAndRestore(Trick swap, Trick restore) {
        swapper = new Thread(() -> {
            try {
                while (!done.get()) {
                    swap.play();
                    restore.play();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        swapper.start();
    }

    private void readsNothingButTheLog() {
        Opener opener = new FileOpener(policy::allows);
        int read = 0;
        int refused = 0;
        for (int i = 0; i < RACES || ((read == 0 || refused == 0) && i < MOST_RACES); i++) {
            try {
                assertThat(read(opener, log)).isEqualTo(PUBLIC);
                read++;
            } catch (IOException e) {
                refused++;
            }
        }
        assertThat(swapper.isAlive()).isTrue();
        assertThat(read).as("opened while it was the log").isPositive();
        assertThat(refused).as("refused while it led elsewhere").isPositive();
    }
}
