package io.tailrace.connect.filetail;

/** The version of this plugin, which its jar's manifest holds. */
final class Version {
    private Version() {}

    /**
     * Says it.
     *
     * @return such as {@code 1.2.3}; {@code unknown} if the classes are not in a jar
     */
    static String get() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }
}
