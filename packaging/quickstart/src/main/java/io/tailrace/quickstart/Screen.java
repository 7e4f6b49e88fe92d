package io.tailrace.quickstart;

import java.io.PrintStream;

/** What the person at the terminal reads. */
final class Screen {

    private final PrintStream out;

    Screen(PrintStream out) {
        this.out = out;
    }

    void say(String line) {
        out.println(line);
        out.flush();
    }

    void step(String line) {
        say("");
        say("== " + line);
    }
}
