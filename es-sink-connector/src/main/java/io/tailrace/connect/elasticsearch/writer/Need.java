package io.tailrace.connect.elasticsearch.writer;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.connect.elasticsearch.bulk.Operation;
import io.tailrace.connect.elasticsearch.outcome.LookupOutcome;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something on the server that documents need, and without which it refuses each of them as if it were to blame.
 *
 * @param kind what it is
 * @param name its name
 */
record Need(Kind kind, String name) {

    /** Stands for none where a pipeline is named. */
    private static final String NO_PIPELINE = "_none";

    private static final String DEFAULT_PIPELINE = "default_pipeline";
    private static final String FINAL_PIPELINE = "final_pipeline";

    /** What documents may need. */
    enum Kind {
        /** An ingest pipeline must be there. */
        PIPELINE("GET", "/_ingest/pipeline/", ""),
        /** An alias of several indices must say which of them is written to. */
        ALIAS("GET", "/_alias/", ""),
        /** The pipelines that an index names in its settings. */
        INDEX("GET", "/", Settings.OF_INDICES),
        /** The same for documents with a pipeline of their own, which takes the place of the default one. */
        INDEX_AFTER_PIPELINE("GET", "/", Settings.OF_INDICES),
        /** The pipelines that an index will name that isn't there: the server makes it once they let a document pass. */
        TEMPLATE("POST", Settings.SIMULATION, Settings.OF_TEMPLATE),
        /** The same for documents with a pipeline of their own. */
        TEMPLATE_AFTER_PIPELINE("POST", Settings.SIMULATION, Settings.OF_TEMPLATE);

        private final String method;
        private final String path;
        private final String query;

        Kind(String method, String path, String query) {
            this.method = method;
            this.path = path;
            this.query = query;
        }

        private static final class Settings {
            static final String SIMULATION = "/_index_template/_simulate_index/";
            static final String OF_INDICES = "?filter_path=*.aliases,*.data_stream,*.settings.index.*_pipeline";
            static final String OF_TEMPLATE = "?filter_path=template.settings.index.*_pipeline";
        }
    }

    /** All that an operation needs, as far as it says so itself. */
    static List<Need> of(Operation operation) {
        String index = operation.index();
        List<Need> needs = new ArrayList<>(List.of(
                new Need(Kind.ALIAS, index),
                new Need(operation.pipeline() == null ? Kind.INDEX : Kind.INDEX_AFTER_PIPELINE, index)));
        pipeline(operation.pipeline()).ifPresent(needs::add);
        return needs;
    }

    private static Optional<Need> pipeline(String name) {
        return name == null || name.isEmpty() || name.equals(NO_PIPELINE)
                ? Optional.empty()
                : Optional.of(new Need(Kind.PIPELINE, name));
    }

    /** How to ask for it. */
    String method() {
        return kind.method;
    }

    /** Where to ask for it. */
    String path() {
        // A plus sign is no space in a path.
        return kind.path + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20") + kind.query;
    }

    /**
     * What it needs in its turn.
     *
     * @param outcome what the server says of it
     * @return other needs; none that lead back here
     */
    List<Need> more(LookupOutcome outcome) {
        return switch (kind) {
            case PIPELINE, ALIAS -> List.of();
            case INDEX -> outcome.isMissing() ? List.of(new Need(Kind.TEMPLATE, name)) : ofIndices(outcome);
            case INDEX_AFTER_PIPELINE ->
                outcome.isMissing() ? List.of(new Need(Kind.TEMPLATE_AFTER_PIPELINE, name)) : ofIndices(outcome);
            case TEMPLATE, TEMPLATE_AFTER_PIPELINE -> ofSettings(outcome.json().path("template"));
        };
    }

    private List<Need> ofIndices(LookupOutcome outcome) {
        return new WriteIndices(name, outcome.json())
                .settings().stream()
                        .flatMap(index -> ofSettings(index).stream())
                        .distinct()
                        .toList();
    }

    private List<Need> ofSettings(JsonNode index) {
        JsonNode settings = index.path("settings").path("index");
        boolean isAfterPipeline = kind == Kind.INDEX_AFTER_PIPELINE || kind == Kind.TEMPLATE_AFTER_PIPELINE;
        return Stream.of(DEFAULT_PIPELINE, FINAL_PIPELINE)
                .skip(isAfterPipeline ? 1 : 0)
                .map(setting -> settings.path(setting).asText())
                .flatMap(pipeline -> pipeline(pipeline).stream())
                .toList();
    }

    /**
     * What is wrong with it.
     *
     * @param outcome what the server says of it
     * @return a sentence without its full stop; empty if nothing is wrong
     */
    Optional<String> trouble(LookupOutcome outcome) {
        return switch (kind) {
            case PIPELINE ->
                outcome.isMissing()
                        ? Optional.of("the ingest pipeline '" + name + "' (pipeline, or default_pipeline or"
                                + " final_pipeline of an index), which is not on the server")
                        : Optional.empty();
            // What is no alias is an index, or is made.
            case ALIAS ->
                outcome.isThere() && !new WriteIndices(name, outcome.json()).isOneOfAlias()
                        ? Optional.of("a write index of the alias '" + name + "', which has none: set is_write_index"
                                + " for one of its indices")
                        : Optional.empty();
            case INDEX, INDEX_AFTER_PIPELINE, TEMPLATE, TEMPLATE_AFTER_PIPELINE -> Optional.empty();
        };
    }
}
