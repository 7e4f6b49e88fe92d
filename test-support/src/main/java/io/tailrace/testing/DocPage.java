package io.tailrace.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A page of the documentation with generated parts. With {@code -Dtailrace.docs.update=true} they are written, else they
 * are compared.
 */
public final class DocPage {
    private static final boolean UPDATE = Boolean.getBoolean("tailrace.docs.update");

    private final Path page;

    /**
     * For the tests of a module, which run in its folder.
     *
     * @param name of a file in {@code docs/}
     */
    public DocPage(String name) {
        this.page = Path.of("..", "docs", name);
    }

    /**
     * Compares or writes one part.
     *
     * @param part its name, as in the marks around it
     * @param generated what it is to say
     * @throws IOException if the page can't be read or written
     * @throws AssertionError if the page has no such part, or it says something else
     */
    public void check(String part, String generated) throws IOException {
        String begin = "<!-- generated: " + part + " -->\n";
        String end = "<!-- end: " + part + " -->\n";
        String text = Files.readString(page);
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf(end);
        assertThat(to).as("%s has the marks of %s", page, part).isGreaterThanOrEqualTo(from);
        if (UPDATE) {
            Files.writeString(page, text.substring(0, from) + generated + text.substring(to));
            return;
        }
        assertThat(text.substring(from, to))
                .as("%s is current; if not, run the tests of this module with -Dtailrace.docs.update=true", page)
                .isEqualTo(generated);
    }
}
