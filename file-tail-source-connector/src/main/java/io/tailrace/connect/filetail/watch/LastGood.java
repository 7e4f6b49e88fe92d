package io.tailrace.connect.filetail.watch;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailrace.connect.filetail.state.StateDir;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers the last good text of each key in a file, for a start at which the keys cannot be read. Without it nothing but
 * such a start suffers, so what goes wrong here is logged and does not stop anything.
 */
public final class LastGood {
    private static final Logger LOG = LoggerFactory.getLogger(LastGood.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MAX_FILE_BYTES = 64L * 1024 * 1024;

    private final Path dir;
    private final String connector;
    private boolean failing;

    /**
     * Touches nothing yet.
     *
     * @param dir the folder for local state
     * @param connector the connector's name
     */
    public LastGood(Path dir, String connector) {
        this.dir = dir;
        this.connector = connector;
    }

    /**
     * Reads what was remembered.
     *
     * @return the texts by key; none if there is no file or it cannot be used
     */
    public Map<String, GoodText> load() {
        try {
            Path file = StateDir.open(dir).file("entries", connector);
            if (!Files.exists(file)) {
                return Map.of();
            }
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new IOException(file + " is longer than " + MAX_FILE_BYTES + " bytes");
            }
            Content content = JSON.readValue(Files.readAllBytes(file), Content.class);
            if (content == null) {
                throw new IOException("there is nothing in " + file);
            }
            return content.texts();
        } catch (IOException e) {
            LOG.warn(
                    "The last good entries of connector {} cannot be read, so they will be missing if the keys cannot be read either: {}",
                    connector,
                    e.getMessage(),
                    e);
            return Map.of();
        }
    }

    /**
     * Remembers.
     *
     * @param texts the last good text of each key that has one
     * @return whether it worked; else it is to be tried again, and is logged once
     */
    public boolean save(Map<String, GoodText> texts) {
        try {
            StateDir state = StateDir.open(dir);
            state.write(state.file("entries", connector), JSON.writeValueAsString(Content.of(connector, texts)));
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                LOG.warn(
                        "The last good entries of connector {} cannot be remembered until this ends: {}",
                        connector,
                        e.toString(),
                        e);
            }
            failing = true;
        }
        return !failing;
    }

    /** Files of before there were revisions have only the texts. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Content(
            String connector,
            Map<String, String> keys,
            Map<String, Long> revisions,
            Map<String, Long> seen,
            Set<String> lost) {
        static Content of(String connector, Map<String, GoodText> texts) {
            Map<String, String> keys = new LinkedHashMap<>();
            Map<String, Long> revisions = new LinkedHashMap<>();
            Map<String, Long> seen = new LinkedHashMap<>();
            Set<String> lost = new LinkedHashSet<>();
            texts.forEach((key, good) -> {
                keys.put(key, good.text());
                revisions.put(key, good.revision());
                seen.put(key, good.seen());
                if (good.lost()) {
                    lost.add(key);
                }
            });
            return new Content(connector, keys, revisions, seen, lost);
        }

        Map<String, GoodText> texts() throws IOException {
            if (keys == null || keys.containsValue(null)) {
                throw new IOException("there are no texts in it");
            }
            Map<String, GoodText> texts = new LinkedHashMap<>();
            keys.forEach((key, text) -> {
                long revision = number(revisions, key);
                texts.put(key, new GoodText(text, revision, Math.max(revision, number(seen, key)), isLost(key)));
            });
            return texts;
        }

        private static long number(Map<String, Long> numbers, String key) {
            Long number = numbers == null ? null : numbers.get(key);
            return number == null ? 0 : number;
        }

        private boolean isLost(String key) {
            return lost != null && lost.contains(key);
        }
    }
}
