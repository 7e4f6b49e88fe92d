package io.tailrace.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What a run came to.
 *
 * @param title what was measured
 * @param setup what it was measured with and where, by name
 * @param contenders the names of those that were measured, in order
 * @param rounds for each round the values of each contender; one that failed is missing from the round
 * @param missing why others could not be measured, by name
 */
public record Results(
        String title,
        Map<String, String> setup,
        List<String> contenders,
        List<Map<String, Map<Measure, Double>>> rounds,
        Map<String, String> missing) {
    /** Keeps copies. */
    public Results {
        setup = new LinkedHashMap<>(setup);
        contenders = List.copyOf(contenders);
        rounds = List.copyOf(rounds);
        missing = new LinkedHashMap<>(missing);
    }

    /**
     * All rounds of one contender.
     *
     * @param contender its name
     * @param measure what of it
     * @return the spread; nothing if it has no such value
     */
    public Optional<Spread> spread(String contender, Measure measure) {
        return spread(IntStream.range(0, rounds.size())
                .mapToObj(round -> value(round, contender, measure))
                .flatMap(Optional::stream)
                .mapToDouble(Double::doubleValue));
    }

    /**
     * The ratio of two contenders, round by round, so that what slows a whole round down doesn't count.
     *
     * @param contender its name
     * @param other what it is divided by
     * @param measure what of them
     * @return the spread of the ratio; nothing if they have no round in common
     */
    public Optional<Spread> ratio(String contender, String other, Measure measure) {
        return spread(IntStream.range(0, rounds.size())
                .mapToObj(round -> value(round, contender, measure)
                        .flatMap(mine -> value(round, other, measure).map(theirs -> mine / theirs)))
                .flatMap(Optional::stream)
                .mapToDouble(Double::doubleValue));
    }

    private Optional<Double> value(int round, String contender, Measure measure) {
        return Optional.ofNullable(rounds.get(round).get(contender)).map(values -> values.get(measure));
    }

    private static Optional<Spread> spread(DoubleStream values) {
        double[] all = values.toArray();
        return all.length == 0 ? Optional.empty() : Optional.of(Spread.of(DoubleStream.of(all)));
    }
}
