package io.tailrace.connect.filetail.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Random writers, rotations and restarts against the tailer, on real files. The {@link LogModel} says which lines have to
 * have come, and which may have come twice.
 */
class TailerModelTest {
    @Property
    void losesAndRepeatsNoLineOfOneName(@ForAll("actions") List<LogModel.Action> actions) throws IOException {
        run("/app.log", actions);
    }

    @Property
    void losesAndRepeatsNoLineOfAGlobThatMatchesRotatedNamesToo(@ForAll("actions") List<LogModel.Action> actions)
            throws IOException {
        run("/app.log*", actions);
    }

    @Property
    void losesAndRepeatsNoLineIfItReliesOnWhatItHears(@ForAll("actions") List<LogModel.Action> actions)
            throws IOException {
        run("/app.log*", actions, Rig.ROTATE_WAIT, true);
    }

    /** A file that is just being compressed is left alone, on the clock on the wall, and here time flies. */
    private static final Duration HARDLY = Duration.ofMillis(1);

    @Property
    void losesAndRepeatsNoLineIfRotatedFilesAreCompressed(
            @ForAll("actionsWithCompression") List<LogModel.Action> actions) throws IOException {
        run("/app.log", actions, HARDLY, false);
    }

    @Property
    void losesAndRepeatsNoLineOfAGlobThatMatchesCompressedFilesToo(
            @ForAll("actionsWithCompression") List<LogModel.Action> actions) throws IOException {
        run("/app.log*", actions, HARDLY, false);
    }

    @Property
    void losesAndRepeatsNoLineOfCompressedFilesIfItReliesOnWhatItHears(
            @ForAll("actionsWithCompression") List<LogModel.Action> actions) throws IOException {
        run("/app.log*", actions, HARDLY, true);
    }

    @Provide
    Arbitrary<List<LogModel.Action>> actionsWithCompression() {
        return Arbitraries.frequencyOf(Tuple.of(8, action()), Tuple.of(1, Arbitraries.just(LogModel.Action.COMPRESS)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }

    @Provide
    Arbitrary<List<LogModel.Action>> actions() {
        return action().list().ofMinSize(1).ofMaxSize(40);
    }

    private static Arbitrary<LogModel.Action> action() {
        return Arbitraries.frequency(
                Tuple.of(6, LogModel.Action.APPEND),
                Tuple.of(2, LogModel.Action.APPEND_LONG),
                Tuple.of(2, LogModel.Action.APPEND_PART),
                Tuple.of(8, LogModel.Action.POLL),
                Tuple.of(3, LogModel.Action.POLL_WITHOUT_SCAN),
                Tuple.of(2, LogModel.Action.DRAIN),
                Tuple.of(3, LogModel.Action.RENAME),
                Tuple.of(2, LogModel.Action.COPY_TRUNCATE),
                Tuple.of(1, LogModel.Action.TRUNCATE),
                Tuple.of(1, LogModel.Action.DELETE),
                Tuple.of(2, LogModel.Action.COMMIT),
                Tuple.of(2, LogModel.Action.STOP),
                Tuple.of(1, LogModel.Action.CRASH),
                Tuple.of(1, LogModel.Action.KILL),
                Tuple.of(1, LogModel.Action.DELETE_READ),
                Tuple.of(3, LogModel.Action.START));
    }

    /** What the properties have found so far, shrunk. */
    @Example
    void keepsWhatItOnceGotWrong() throws IOException {
        for (String found : List.of(
                "APPEND POLL RENAME DRAIN APPEND RENAME",
                "APPEND RENAME APPEND POLL RENAME APPEND RENAME",
                "APPEND POLL COPY_TRUNCATE COPY_TRUNCATE RENAME APPEND",
                "APPEND POLL RENAME APPEND_PART POLL POLL DRAIN TRUNCATE",
                "APPEND RENAME APPEND_PART POLL APPEND APPEND TRUNCATE APPEND APPEND APPEND STOP",
                "APPEND COPY_TRUNCATE APPEND POLL APPEND APPEND COPY_TRUNCATE APPEND",
                "APPEND APPEND POLL DELETE APPEND APPEND POLL POLL DRAIN COPY_TRUNCATE APPEND APPEND STOP",
                "APPEND COPY_TRUNCATE APPEND_PART POLL APPEND APPEND APPEND APPEND COPY_TRUNCATE APPEND APPEND",
                "APPEND COPY_TRUNCATE APPEND POLL POLL POLL POLL POLL COPY_TRUNCATE APPEND RENAME",
                "APPEND POLL TRUNCATE APPEND POLL APPEND APPEND RENAME POLL APPEND APPEND STOP APPEND RENAME",
                "APPEND_PART POLL APPEND TRUNCATE APPEND APPEND APPEND POLL DELETE APPEND POLL_WITHOUT_SCAN STOP START CRASH"
                        + " APPEND START COMMIT POLL COPY_TRUNCATE",
                "APPEND_PART POLL TRUNCATE POLL RENAME POLL APPEND RENAME",
                "APPEND POLL DELETE APPEND POLL DRAIN COPY_TRUNCATE STOP",
                "APPEND POLL TRUNCATE APPEND APPEND POLL POLL APPEND COPY_TRUNCATE APPEND RENAME",
                "APPEND COPY_TRUNCATE POLL APPEND_LONG DELETE_READ DRAIN COPY_TRUNCATE")) {
            List<LogModel.Action> actions =
                    Stream.of(found.split(" ")).map(LogModel.Action::valueOf).toList();
            run("/app.log", actions);
            run("/app.log*", actions);
        }
    }

    /** The same, with compression. */
    @Example
    void keepsWhatItOnceGotWrongWithCompression() throws IOException {
        for (String found : List.of(
                "APPEND POLL STOP COPY_TRUNCATE COPY_TRUNCATE COMPRESS APPEND APPEND",
                "APPEND POLL RENAME POLL POLL POLL POLL COMPRESS POLL POLL APPEND POLL_WITHOUT_SCAN RENAME",
                "COMPRESS APPEND START APPEND_PART APPEND CRASH POLL RENAME STOP APPEND POLL COMMIT POLL APPEND_PART COMMIT"
                        + " CRASH POLL_WITHOUT_SCAN START POLL_WITHOUT_SCAN APPEND STOP COMPRESS COPY_TRUNCATE",
                "APPEND RENAME COMPRESS APPEND POLL STOP DRAIN APPEND APPEND COMPRESS POLL POLL START RENAME RENAME"
                        + " APPEND_LONG DELETE APPEND_PART COMMIT DRAIN STOP",
                "APPEND_LONG COMMIT RENAME POLL POLL_WITHOUT_SCAN POLL APPEND COMPRESS APPEND STOP RENAME APPEND COMPRESS",
                "STOP APPEND APPEND POLL START COPY_TRUNCATE COPY_TRUNCATE POLL POLL STOP COMPRESS START DELETE COMPRESS",
                "APPEND COPY_TRUNCATE RENAME APPEND APPEND APPEND APPEND APPEND APPEND APPEND POLL STOP APPEND APPEND APPEND"
                        + " COMPRESS APPEND POLL APPEND POLL_WITHOUT_SCAN APPEND APPEND_LONG COPY_TRUNCATE",
                "APPEND POLL RENAME APPEND COMPRESS STOP RENAME COPY_TRUNCATE POLL COMPRESS",
                "APPEND COPY_TRUNCATE POLL POLL RENAME APPEND APPEND START POLL START POLL APPEND DRAIN START START APPEND DRAIN"
                        + " COMPRESS COMPRESS",
                "APPEND RENAME POLL POLL APPEND POLL_WITHOUT_SCAN RENAME POLL_WITHOUT_SCAN POLL_WITHOUT_SCAN COPY_TRUNCATE"
                        + " COPY_TRUNCATE POLL COMPRESS COMPRESS APPEND_LONG APPEND POLL COMMIT COMMIT POLL COMPRESS APPEND_PART"
                        + " CRASH",
                "APPEND RENAME APPEND APPEND APPEND APPEND APPEND POLL COMPRESS APPEND APPEND POLL START POLL RENAME START"
                        + " APPEND RENAME",
                "APPEND POLL RENAME APPEND APPEND APPEND APPEND APPEND APPEND COMPRESS POLL_WITHOUT_SCAN APPEND APPEND RENAME"
                        + " CRASH POLL APPEND_PART",
                "APPEND POLL POLL APPEND_PART START POLL RENAME CRASH COMPRESS COMMIT APPEND_PART DRAIN POLL POLL_WITHOUT_SCAN"
                        + " DRAIN APPEND START",
                "APPEND POLL APPEND APPEND APPEND_PART POLL POLL APPEND APPEND RENAME APPEND COPY_TRUNCATE POLL COMPRESS COMPRESS"
                        + " COMMIT COMPRESS COMPRESS APPEND_PART START APPEND RENAME POLL POLL APPEND",
                "APPEND RENAME APPEND APPEND APPEND APPEND APPEND POLL APPEND CRASH APPEND DELETE COMPRESS DRAIN APPEND APPEND"
                        + " POLL POLL POLL APPEND_PART POLL COMMIT CRASH START DRAIN",
                "APPEND APPEND_PART RENAME RENAME APPEND_PART DRAIN APPEND STOP DELETE APPEND APPEND APPEND COMPRESS APPEND"
                        + " COMPRESS")) {
            List<LogModel.Action> actions =
                    Stream.of(found.split(" ")).map(LogModel.Action::valueOf).toList();
            run("/app.log", actions, HARDLY, false);
            run("/app.log*", actions, HARDLY, false);
        }
    }

    private static void run(String glob, List<LogModel.Action> actions) throws IOException {
        run(glob, actions, Rig.ROTATE_WAIT, false);
    }

    private static void run(String glob, List<LogModel.Action> actions, Duration rotateWait, boolean hearing)
            throws IOException {
        Path dir = Files.createTempDirectory("tailer-model-");
        try (LogModel model = new LogModel(dir, glob, rotateWait, hearing)) {
            for (LogModel.Action action : actions) {
                model.perform(action);
            }
            model.finish();
            assertThat(model.missing())
                    .as("lines that never came after %s", actions)
                    .isEmpty();
            assertThat(model.repeated())
                    .as("lines that came too often after %s", actions)
                    .isEmpty();
        } finally {
            delete(dir);
        }
    }

    private static void delete(Path dir) throws IOException {
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
