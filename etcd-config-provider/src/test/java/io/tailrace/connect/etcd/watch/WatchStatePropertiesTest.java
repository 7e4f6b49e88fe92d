package io.tailrace.connect.etcd.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.etcd.client.Reading;
import io.tailrace.connect.etcd.client.Stored;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The state against a model of etcd: whatever is lost, repeated or late, a reading sets it right, and time never runs back. */
class WatchStatePropertiesTest {
    private static final List<String> PATHS = List.of("/a", "/b");

    enum Kind {
        PUT,
        DELETE,
        /** All events of the history, from the beginning. */
        REPLAY,
        /** The events since the last look. */
        DELIVER,
        /** The events since the last look, and they are never seen. */
        LOSE,
        READ,
        /** A new etcd with no data. */
        EMPTY
    }

    record Action(Kind kind, String path) {}

    private static final class Server {
        private long revision = 1;
        private final Map<String, Stored> keys = new HashMap<>();
        private final List<Map.Entry<String, Reading>> history = new ArrayList<>();
        private int delivered;

        void put(String path) {
            revision++;
            keys.put(path, new Stored(revision, Optional.of("v" + revision)));
            history.add(Map.entry(path, reading(path)));
        }

        void delete(String path) {
            if (keys.remove(path) != null) {
                revision++;
                history.add(Map.entry(path, reading(path)));
            }
        }

        Reading reading(String path) {
            return new Reading(revision, Optional.ofNullable(keys.get(path)));
        }

        Map<String, Reading> readings() {
            Map<String, Reading> all = new HashMap<>();
            PATHS.forEach(path -> all.put(path, reading(path)));
            return all;
        }

        List<Map.Entry<String, Reading>> undelivered() {
            List<Map.Entry<String, Reading>> events = List.copyOf(history.subList(delivered, history.size()));
            delivered = history.size();
            return events;
        }
    }

    @Provide
    Arbitrary<List<Action>> actions() {
        return Combinators.combine(Arbitraries.of(Kind.class), Arbitraries.of(PATHS))
                .as(Action::new)
                .list()
                .ofMaxSize(60);
    }

    @Property(tries = 1000)
    void aReadingSetsEverythingRight(@ForAll("actions") List<Action> actions) {
        Server server = new Server();
        WatchState state = WatchState.EMPTY.read(server.readings()).next();
        for (Action action : actions) {
            switch (action.kind()) {
                case PUT -> server.put(action.path());
                case DELETE -> server.delete(action.path());
                case REPLAY -> state = deliver(state, server.history);
                case DELIVER -> state = deliver(state, server.undelivered());
                case LOSE -> server.undelivered();
                case READ -> state = checkedRead(state, server);
                case EMPTY -> {
                    server = new Server();
                    state = checkedRead(state, server);
                }
            }
        }
        state = checkedRead(state, server);
        for (String path : PATHS) {
            assertThat(state.stored(path)).isEqualTo(Optional.ofNullable(server.keys.get(path)));
        }
    }

    @Property(tries = 1000)
    void withoutLossEventsAreEnough(@ForAll("actions") List<Action> actions) {
        Server server = new Server();
        WatchState state = WatchState.EMPTY.read(server.readings()).next();
        for (Action action : actions) {
            switch (action.kind()) {
                case PUT -> server.put(action.path());
                case DELETE -> server.delete(action.path());
                case REPLAY -> state = deliver(state, server.history);
                default -> state = deliver(state, server.undelivered());
            }
        }
        state = deliver(state, server.undelivered());
        assertThat(state.read(server.readings()).changed()).isEmpty();
    }

    private static WatchState deliver(WatchState state, List<Map.Entry<String, Reading>> events) {
        WatchState now = state;
        for (Map.Entry<String, Reading> event : events) {
            WatchState before = now;
            now = now.event(event.getKey(), event.getValue()).orElse(before);
            assertThat(now.revision()).isGreaterThanOrEqualTo(before.revision());
        }
        return now;
    }

    private static WatchState checkedRead(WatchState state, Server server) {
        WatchState.Step step = state.read(server.readings());
        assertThat(step.wentBack()).isEqualTo(server.revision < state.revision());
        for (String path : PATHS) {
            boolean differs = !state.stored(path).equals(Optional.ofNullable(server.keys.get(path)));
            assertThat(step.changed().contains(path)).isEqualTo(differs);
        }
        return step.next();
    }

    @Example
    void aLateEventDoesntUndoAReading() {
        Reading now = new Reading(9, Optional.empty());
        Reading late = new Reading(7, Optional.of(new Stored(7, Optional.of("old"))));
        WatchState state = WatchState.EMPTY.read(Map.of("/a", now)).next();
        assertThat(state.event("/a", late)).isEmpty();
        assertThat(state.event("/unknown", late)).isEmpty();
        assertThat(state.retain(Set.of()).event("/a", new Reading(10, Optional.empty())))
                .isEmpty();
    }
}
