package io.tailrace.console.history;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where versions are: {@code <path>/versions/<key>/<id>}, with the key's slashes escaped, and for the newest of all keys
 * {@code <path>/log/<id>}. Ids sort by time, so that the newest is the last.
 */
public final class HistoryKeys {
    private static final Pattern ID = Pattern.compile("[0-9]{16}-[0-9a-f]{8}");
    private static final String PLAIN = "-._";

    private final String path;

    /**
     * Names keys.
     *
     * @param path below which key, without a slash at its end
     */
    public HistoryKeys(String path) {
        this.path = path;
    }

    /**
     * What the keys of all versions of a key begin with.
     *
     * @param key of entries
     * @return a prefix, with a slash at its end
     */
    public String versions(String key) {
        return path + "/versions/" + escaped(key) + "/";
    }

    /**
     * Where a version is.
     *
     * @param key of entries
     * @param id of the version
     * @return its key
     */
    public String version(String key, String id) {
        return versions(key) + id;
    }

    /**
     * What the keys of the log begin with.
     *
     * @return a prefix, with a slash at its end
     */
    public String log() {
        return path + "/log/";
    }

    /**
     * The id in a key.
     *
     * @param key of a version
     * @return its last part
     */
    public static String idIn(String key) {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    /**
     * Whether a text can be an id.
     *
     * @param text anything
     * @return true if it looks like one
     */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /**
     * Makes an id.
     *
     * @param millis the time since 1970
     * @param before the id of the version before; empty text for none. The new one sorts behind it, whatever the clock says
     * @param random tells apart what was made at the same time
     * @return the id
     */
    public static String id(long millis, String before, int random) {
        long earlier = isId(before) ? Long.parseLong(before.substring(0, 16)) : 0;
        return String.format(Locale.ROOT, "%016d-%08x", Math.max(millis, earlier + 1), random);
    }

    /** Percent signs and hexadecimal digits for all but letters, digits and a few signs. */
    static String escaped(String key) {
        StringBuilder text = new StringBuilder();
        for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
            if (plain) {
                text.append(c);
            } else {
                text.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return text.toString();
    }
}
