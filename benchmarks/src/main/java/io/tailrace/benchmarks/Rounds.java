package io.tailrace.benchmarks;

import io.tailrace.benchmarks.report.Measure;
import io.tailrace.benchmarks.report.Results;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Measures several in turn, round after round. One that fails is left out from then on, and the results say so. */
final class Rounds {
    private final List<Entrant> entrants;
    private final Consumer<String> screen;
    private final Map<String, String> missing;
    private boolean failed;

    /**
     * One that takes part.
     *
     * @param name what it is called in results
     * @param measurement measures it once
     */
    record Entrant(String name, Supplier<Map<Measure, Double>> measurement) {}

    /**
     * Rounds that haven't begun.
     *
     * @param entrants in the order of their turns
     * @param missing why others don't take part, by name
     * @param screen told how it goes
     */
    Rounds(List<Entrant> entrants, Map<String, String> missing, Consumer<String> screen) {
        this.entrants = new ArrayList<>(entrants);
        this.missing = new LinkedHashMap<>(missing);
        this.screen = screen;
    }

    /**
     * Measures.
     *
     * @param title of the results
     * @param setup with what and where
     * @param count how many rounds
     */
    Results run(String title, Map<String, String> setup, int count) {
        List<Map<String, Map<Measure, Double>>> rounds = new ArrayList<>();
        for (int round = 1; round <= count; round++) {
            screen.accept("Round " + round);
            rounds.add(round());
        }
        return new Results(title, setup, entrants.stream().map(Entrant::name).toList(), rounds, missing);
    }

    /** Whether any has failed. */
    boolean failed() {
        return failed;
    }

    private Map<String, Map<Measure, Double>> round() {
        Map<String, Map<Measure, Double>> values = new LinkedHashMap<>();
        for (Entrant entrant : List.copyOf(entrants)) {
            try {
                Map<Measure, Double> measured = entrant.measurement().get();
                values.put(entrant.name(), measured);
                screen.accept("  " + entrant.name() + ": " + show(measured));
            } catch (RuntimeException e) {
                screen.accept("  " + entrant.name() + " failed: " + e.getMessage());
                missing.put(entrant.name(), "failed: " + e.getMessage());
                entrants.remove(entrant);
                failed = true;
            }
        }
        return values;
    }

    private static String show(Map<Measure, Double> measured) {
        return measured.entrySet().stream()
                .map(each -> each.getKey().show(each.getValue()) + " "
                        + each.getKey().title())
                .collect(Collectors.joining(", "));
    }
}
