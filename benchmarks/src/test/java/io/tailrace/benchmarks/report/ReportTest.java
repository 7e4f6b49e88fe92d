package io.tailrace.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ReportTest {
    private static final List<Measure> MEASURES = List.of(Measure.RATE, Measure.CPU, Measure.ALLOCATION);

    private static final Results RESULTS = new Results(
            "Title",
            Map.of("machine", "2 cores <slow> & busy"),
            List.of("ours", "theirs"),
            List.of(
                    Map.of("ours", values(900_000, 1.5), "theirs", values(300_000, 3)),
                    Map.of("ours", values(500_000, 2), "theirs", values(250_000, 4)),
                    Map.of("ours", values(1_000_000, 1), "theirs", values(200_000, 5))),
            Map.of("another", "no another on the PATH"));

    private static Map<Measure, Double> values(double rate, double cpu) {
        return Map.of(Measure.RATE, rate, Measure.CPU, cpu);
    }

    @Test
    void takesTheMedianAndTheEnds() {
        assertThat(Spread.of(DoubleStream.of(5, 1, 3))).isEqualTo(new Spread(3, 1, 5));
        assertThat(Spread.of(DoubleStream.of(4, 1, 2, 3))).isEqualTo(new Spread(2.5, 1, 4));
        assertThatThrownBy(() -> Spread.of(DoubleStream.of())).hasMessage("Nothing was measured");
    }

    @Test
    void dividesRoundByRound() {
        assertThat(RESULTS.ratio("ours", "theirs", Measure.RATE)).contains(new Spread(3, 2, 5));
        assertThat(RESULTS.ratio("ours", "another", Measure.RATE)).isEmpty();
    }

    @Test
    void isATable() {
        assertThat(TextTable.of(RESULTS, MEASURES, List.of(Measure.RATE, Measure.CPU), List.of("ours")))
                .isEqualTo("""
                Title
                  machine: 2 cores <slow> & busy

                median (least–greatest) of 3 rounds
                                            lines/s       CPU µs/line  allocated B/line
                ours    900,000 (500,000–1,000,000)  1.50 (1.00–2.00)                 -
                theirs    250,000 (200,000–300,000)  4.00 (3.00–5.00)                 -

                ours ÷           lines/s       CPU µs/line
                theirs  3.00 (2.00–5.00)  0.50 (0.20–0.50)

                not measured: another: no another on the PATH
                """);
    }

    @Test
    void isJsonWithEveryValue() throws Exception {
        JsonNode json = new ObjectMapper().readTree(ResultsJson.of(RESULTS));
        assertThat(json.at("/rounds/1/theirs/lines_per_second").asDouble()).isEqualTo(250_000);
        assertThat(json.at("/missing/another").asText()).contains("PATH");
    }

    @Test
    void isAChartThatCanBeParsed() throws Exception {
        String svg = BarChart.of(RESULTS, MEASURES, List.of("ours"));
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        assertThat(document.getElementsByTagName("rect").getLength()).isEqualTo(1 + 2 * 2);
        assertThat(document.getElementsByTagName("line").getLength()).isEqualTo(2 * 2);
        // The median of the rate, of which the greatest value takes all 500.
        assertThat(document.getElementsByTagName("rect").item(1).getAttributes().getNamedItem("width"))
                .hasToString("width=\"450.0\"");
    }
}
