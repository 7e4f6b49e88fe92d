package io.tailrace.connect.filetail.glob;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

class GlobPatternTest {
    /** What Java takes a pattern for is the reference. */
    @Property(tries = 20_000)
    void matchesWhatJavaMatches(
            @ForAll @From("globs") String glob,
            @ForAll @StringLength(min = 1, max = 8) @Chars({'a', 'b', 'c', '/', ',', '-', '.', ']'}) String text) {
        Path path = Path.of(text);
        javas(glob)
                .ifPresent(java -> assertThat(GlobPattern.of(glob).matches(path.toString()))
                        .as("'%s' matches '%s'", glob, path)
                        .isEqualTo(java.matches(path)));
    }

    @Property(tries = 20_000)
    void refusesWhatJavaRefuses(
            @ForAll @StringLength(max = 8) @Chars({'a', 'b', '*', '[', ']', '{', '}', ',', '/', '!', '\\'})
                    String glob) {
        if (javas(glob).isEmpty()) {
            assertThatThrownBy(() -> GlobPattern.of(glob)).as(glob).isInstanceOf(PatternSyntaxException.class);
        } else {
            GlobPattern.of(glob);
        }
    }

    @Provide
    Arbitrary<String> globs() {
        return Arbitraries.of(
                        "a",
                        "b",
                        ".",
                        "-",
                        ",",
                        "]",
                        "*",
                        "**",
                        "?",
                        "/",
                        "{",
                        "}",
                        "[ab]",
                        "[!a]",
                        "[a-c]",
                        "[-b]",
                        "[b-]",
                        "[!-a-b]",
                        "[.^]",
                        "[*,]",
                        "\\*",
                        "\\a",
                        "{a,b*}",
                        "{*a,b/c,}",
                        "{[,],?}")
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
    }

    private static Optional<PathMatcher> javas(String glob) {
        try {
            return Optional.of(FileSystems.getDefault().getPathMatcher("glob:" + glob));
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }

    @Example
    void noPatternTakesLong() {
        String name = "a".repeat(255);
        String path = ("/" + name).repeat(16);
        for (String glob : List.of(
                "*a".repeat(100) + "b",
                "**a".repeat(1000) + "b",
                "{a,a*}".repeat(600) + "b",
                "{*,*a,**}".repeat(450) + "b")) {
            assertTimeoutPreemptively(ofSeconds(20), () -> {
                assertThat(GlobPattern.of(glob).matches(name)).isFalse();
                assertThat(GlobPattern.of(glob).matches(path)).isFalse();
                assertThat(GlobPattern.of(glob).matches("a".repeat(2000) + "b")).isTrue();
            });
        }
    }

    @Example
    void saysWhatIsWrongAndWhere() {
        assertThatThrownBy(() -> GlobPattern.of("/a/[x")).hasMessageContaining("Missing ']' near index 3");
        assertThatThrownBy(() -> GlobPattern.of("ab{c")).hasMessageContaining("Missing '}' near index 3");
        assertThatThrownBy(() -> GlobPattern.of("{a{b}}")).hasMessageContaining("Cannot nest groups near index 2");
        assertThatThrownBy(() -> GlobPattern.of("a\\")).hasMessageContaining("No character to escape near index 1");
        assertThatThrownBy(() -> GlobPattern.of("a[]")).hasMessageContaining("Empty '[]' near index 1");
        assertThatThrownBy(() -> GlobPattern.of("[b-a]")).hasMessageContaining("Invalid range near index 3");
        assertThatThrownBy(() -> GlobPattern.of("[a/]")).hasMessageContaining("Slash in '[]' near index 2");
    }

    /** As shells take it; Java would take it for itself, and so for the opposite. */
    @Example
    void aCaretNegatesASet() {
        assertThat(GlobPattern.of("app-[^0-9].log").matches("app-a.log")).isTrue();
        assertThat(GlobPattern.of("app-[^0-9].log").matches("app-1.log")).isFalse();
        assertThat(GlobPattern.of("[0^]").matches("^")).isTrue();
    }

    @Example
    void takesACharacterBeyondTheBasicPlaneForOne() {
        assertThat(GlobPattern.of("?[\ud83d\ude00-\ud83d\ude4f]").matches("\ud83d\ude00\ud83d\ude01"))
                .isTrue();
        assertThat(GlobPattern.of("?").matches("\ud83d\ude00")).isTrue();
    }
}
