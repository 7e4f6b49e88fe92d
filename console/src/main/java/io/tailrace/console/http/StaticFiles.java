package io.tailrace.console.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The pages: files of the class path's folder {@code web/}. Names have letters, digits, {@code -}, {@code _} and dots in them, and
 * none begins with a dot, so that no name leads out of the folder.
 */
public final class StaticFiles {
    private static final String FOLDER = "web/";
    private static final String START = "index.html";
    private static final Pattern NAME = Pattern.compile("([A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*");
    private static final int MAX_NAME_CHARS = 200;
    private static final int MAX_BYTES = 8 << 20;
    private static final int ETAG_CHARS = 32;
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("map", "application/json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("txt", "text/plain; charset=utf-8"));

    private final ClassLoader loader;
    /** As many as there are files: what isn't there isn't remembered. */
    private final Map<String, StaticFile> files = new ConcurrentHashMap<>();

    /**
     * A file.
     *
     * @param bytes what is in it
     * @param type its media type
     * @param etag a strong tag of what is in it
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record StaticFile(byte[] bytes, String type, String etag) {}

    /**
     * Reads nothing yet.
     *
     * @param loader where the folder is
     */
    public StaticFiles(ClassLoader loader) {
        this.loader = loader;
    }

    /**
     * Finds a file. A path that names no file, such as a page's own, is that of the start page.
     *
     * @param path of the request, decoded, with its first slash
     * @return the file, if there is one
     */
    public Optional<StaticFile> find(String path) {
        String name = path.substring(1);
        boolean page = name.isEmpty() || name.indexOf('.', name.lastIndexOf('/') + 1) < 0;
        if (page) {
            return read(START);
        }
        boolean good = name.length() <= MAX_NAME_CHARS && NAME.matcher(name).matches();
        return good ? read(name) : Optional.empty();
    }

    private Optional<StaticFile> read(String name) {
        StaticFile known = files.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
            return Optional.empty();
        }
        try (InputStream in = loader.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                return Optional.empty();
            }
            byte[] bytes = in.readNBytes(MAX_BYTES);
            StaticFile file = new StaticFile(bytes, type, etag(bytes));
            files.put(name, file);
            return Optional.of(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The console's own file " + name + " cannot be read", e);
        }
    }

    private static String etag(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + HexFormat.of().formatHex(digest).substring(0, ETAG_CHARS) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
