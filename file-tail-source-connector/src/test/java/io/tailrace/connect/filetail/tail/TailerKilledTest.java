package io.tailrace.connect.filetail.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * A log that is written to and rotated all the time, of which the oldest file is deleted as soon as all of it has arrived,
 * while the tailer is killed again and again, so early that it hardly gets on.
 */
class TailerKilledTest {
    private static final int KEEP = 20;
    private static final Duration STEP = Duration.ofMillis(100);

    @Property(tries = 10, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void losesNoLineOfOneName(@ForAll long seed) throws IOException {
        run("app.log", seed);
    }

    @Property(tries = 10, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void losesNoLineOfAGlobThatMatchesRotatedNamesToo(@ForAll long seed) throws IOException {
        run("app.log*", seed);
    }

    /** Another file was given the key of one that had been deleted before anything was read of it. */
    @Example
    void keepsWhatItOnceGotWrong() throws IOException {
        run("app.log", -8535);
    }

    private static void run(String glob, long seed) throws IOException {
        Path dir = Files.createTempDirectory("killed-");
        try (Run run = new Run(dir, glob, new Random(seed))) {
            run.all();
        }
    }

    private static final class Run implements AutoCloseable {
        private final Path dir;
        private final Path log;
        private final Random random;
        private final Set<Integer> arrived = new HashSet<>();
        private final Deque<Integer> ends = new ArrayDeque<>();
        private final Rig rig;
        private long millis = System.currentTimeMillis();
        private int written;
        private int withoutGap;

        Run(Path dir, String glob, Random random) {
            this.dir = dir;
            this.log = dir.resolve("app.log");
            this.random = random;
            this.rig = new Rig(settings -> settings.rotateWait(Duration.ofSeconds(1)), Rig.entry(dir.resolve(glob)));
        }

        void all() throws IOException {
            for (int life = 0; life < 25; life++) {
                for (int steps = random.nextInt(40); steps > 0; steps--) {
                    step();
                    rig.pollNow();
                    take();
                    if (random.nextInt(30) == 0) {
                        rig.commit();
                    }
                }
                for (int steps = random.nextInt(100); steps > 0; steps--) {
                    step();
                }
                rig.kill();
            }
            rig.drain();
            take();
            assertThat(IntStream.range(0, written).filter(i -> !arrived.contains(i)))
                    .isEmpty();
        }

        @Override
        public void close() throws IOException {
            rig.close();
            try (var files = Files.list(dir)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(dir);
        }

        private void take() {
            for (String line : rig.newLines()) {
                arrived.add(Integer.valueOf(line.substring("line ".length())));
            }
            while (arrived.contains(withoutGap)) {
                withoutGap++;
            }
        }

        private void step() throws IOException {
            rig.pass(STEP);
            rig.age(STEP);
            millis += STEP.toMillis();
            TailerFixture.append(log, TailerFixture.numbered(written, written + 5));
            written += 5;
            Files.setLastModifiedTime(log, FileTime.fromMillis(millis));
            if (random.nextInt(30) == 0) {
                rotate();
            }
        }

        private void rotate() throws IOException {
            if (withoutGap == 0 || (ends.size() == KEEP && ends.getFirst() > withoutGap)) {
                return;
            }
            for (int i = KEEP; i > 0; i--) {
                Path from = i == 1 ? log : dir.resolve("app.log." + (i - 1));
                if (Files.exists(from)) {
                    Files.move(from, dir.resolve("app.log." + i), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            ends.addLast(written);
            if (ends.size() > KEEP) {
                ends.removeFirst();
            }
        }
    }
}
