package io.tailrace.console;

/** The version of the console, which its jar's manifest holds. */
final class Version {
    private Version() {}

    /** Such as {@code 1.2.3}; {@code unknown} if the classes are not in a jar. */
    static String get() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }
}
