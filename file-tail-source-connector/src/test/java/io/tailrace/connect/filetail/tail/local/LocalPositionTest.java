package io.tailrace.connect.filetail.tail.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.filetail.state.StateDir;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPositionTest {
    private static final Map<String, Object> BEGUN = offset(10);
    private static final Map<String, Object> LAST = offset(20);
    private static final Map<String, Object> REACHED = offset(30);

    private static Map<String, Object> offset(int position) {
        return Map.of("position", position, "generation", 0, "marker", 1L);
    }

    @Test
    void goesOnWhereItWasWhenNoRecordEverWentOut() {
        assertThat(new LocalPosition(BEGUN, null, REACHED).goOn(Optional.empty()))
                .contains(REACHED);
    }

    @Test
    void goesOnWhereItWasWhenItsLastRecordHasBeenSaved() {
        assertThat(new LocalPosition(BEGUN, LAST, REACHED)
                        .goOn(Optional.of(Map.of("position", 20L, "generation", 0L, "marker", 1))))
                .contains(REACHED);
    }

    @Test
    void beginsAgainWhenNoneOfItsRecordsHasBeenSaved() {
        assertThat(new LocalPosition(BEGUN, LAST, REACHED).goOn(Optional.empty()))
                .contains(BEGUN);
        assertThat(new LocalPosition(null, LAST, REACHED).goOn(Optional.empty()))
                .isEmpty();
    }

    @Test
    void whatAnOperatorHasSetWins() {
        assertThat(new LocalPosition(BEGUN, LAST, REACHED).goOn(Optional.of(offset(5))))
                .contains(offset(5));
    }

    @Test
    void isReadAsItWasWritten(@TempDir Path dir) throws IOException {
        LocalPositions store = new LocalPositions(StateDir.open(dir), "a connector");
        assertThat(store.read()).isEmpty();
        store.write(Map.of("/a", new LocalPosition(null, LAST, REACHED)));
        assertThat(store.read().get("/a").goOn(Optional.of(LAST)).orElseThrow()).containsEntry("position", 30L);
    }

    @Test
    void whatIsAddedCountsInsteadOfWhatWasThere(@TempDir Path dir) throws IOException {
        StateDir state = StateDir.open(dir);
        LocalPositions store = new LocalPositions(state, "x");
        LocalPosition one = new LocalPosition(BEGUN, null, BEGUN);
        LocalPosition other = new LocalPosition(BEGUN, null, REACHED);
        store.write(Map.of("/a", one, "/b", one, "/c", one));
        Map<String, LocalPosition> gone = new HashMap<>();
        gone.put("/a", null);
        store.add(gone);
        store.add(Map.of("/b", other, "/d", one));
        assertThat(store.read()).containsOnlyKeys("/b", "/c", "/d");
        assertThat(store.read().get("/b").goOn(Optional.empty()).orElseThrow()).containsEntry("position", 30L);
        Files.writeString(state.file("positions", "x"), "{\"/d\":null,\"/e\":", StandardOpenOption.APPEND);
        assertThat(store.read()).containsOnlyKeys("/b", "/c", "/d");
    }

    @Test
    void isNotUsedWhenItIsUnreadable(@TempDir Path dir) throws IOException {
        StateDir state = StateDir.open(dir);
        Files.writeString(state.file("positions", "x"), "{\"/a\":");
        assertThat(new LocalPositions(state, "x").read()).isEmpty();
    }
}
