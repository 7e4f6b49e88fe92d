package io.tailrace.benchmarks.data;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;

/** Lines as a web server writes them into its access log, the same for the same seed. Used by one thread. */
public final class AccessLog {
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String[] METHODS = {"GET", "GET", "GET", "GET", "POST", "HEAD"};
    private static final String[] SECTIONS = {"/", "/shop/item/", "/api/v2/orders/", "/static/js/app-", "/search?q="};
    private static final int[] STATUSES = {200, 200, 200, 200, 200, 304, 302, 404, 500};
    private static final String[] BROWSERS = {
        "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Mobile/15E148",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/141.0.0.0",
        "curl/8.10.1",
    };

    private final Random random;
    private final Form form;
    private final int paddingBytes;
    private long number;
    private long second = -1;
    private String time = "";

    /** How a line says what it says. */
    public enum Form {
        /** The combined format of Apache and nginx, about 180 bytes on average. */
        PLAIN,
        /** One JSON object, with ECS names, of about 270 bytes on average. */
        JSON
    }

    private AccessLog(long seed, Form form, int paddingBytes) {
        this.random = new Random(seed);
        this.form = form;
        this.paddingBytes = paddingBytes;
    }

    /**
     * Lines of the usual length.
     *
     * @param seed the same gives the same lines
     * @param form what they look like
     * @return lines from the first one on
     */
    public static AccessLog of(long seed, Form form) {
        return new AccessLog(seed, form, 0);
    }

    /**
     * Long plain lines: the paths in them are padded.
     *
     * @param seed the same gives the same lines
     * @param paddingBytes how much longer than usual they are
     * @return lines from the first one on
     */
    public static AccessLog ofLongLines(long seed, int paddingBytes) {
        return new AccessLog(seed, Form.PLAIN, paddingBytes);
    }

    /**
     * Makes the next line.
     *
     * @return ASCII, without a line end
     */
    public byte[] next() {
        StringBuilder line = new StringBuilder(320 + paddingBytes);
        long millis = FIRST.toEpochMilli() + number++;
        if (form == Form.PLAIN) {
            plain(line, millis);
        } else {
            json(line, millis);
        }
        return line.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private void plain(StringBuilder line, long millis) {
        address(line).append(" - - [").append(time(millis)).append("] \"").append(one(METHODS));
        path(line.append(' ')).append(" HTTP/1.1\" ").append(status()).append(' ');
        line.append(size()).append(" \"https://example.com");
        line.append(one(SECTIONS)).append(random.nextInt(1000)).append("\" \"");
        line.append(one(BROWSERS)).append('"');
    }

    private void json(StringBuilder line, long millis) {
        line.append("{\"@timestamp\":\"").append(Instant.ofEpochMilli(millis)).append("\",\"client.ip\":\"");
        address(line).append("\",\"http.request.method\":\"").append(one(METHODS));
        path(line.append("\",\"url.original\":\"")).append("\",\"http.response.status_code\":");
        line.append(status()).append(",\"http.response.body.bytes\":").append(size());
        line.append(",\"user_agent.original\":\"").append(one(BROWSERS)).append("\"}");
    }

    private StringBuilder address(StringBuilder line) {
        line.append(1 + random.nextInt(223)).append('.').append(random.nextInt(256));
        return line.append('.').append(random.nextInt(256)).append('.').append(random.nextInt(256));
    }

    private StringBuilder path(StringBuilder line) {
        line.append(one(SECTIONS)).append(random.nextInt(1_000_000));
        for (int i = 0; i < paddingBytes; i++) {
            line.append((char) ('a' + random.nextInt(26)));
        }
        return line;
    }

    private String time(long millis) {
        if (second != millis / 1000) {
            second = millis / 1000;
            time = TIME.format(Instant.ofEpochMilli(millis));
        }
        return time;
    }

    private int status() {
        return STATUSES[random.nextInt(STATUSES.length)];
    }

    private int size() {
        return random.nextInt(50_000);
    }

    private String one(String[] choice) {
        return choice[random.nextInt(choice.length)];
    }
}
