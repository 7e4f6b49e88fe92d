package io.tailrace.console.auth;

/**
 * Who asks.
 *
 * @param user their name; empty for somebody who hasn't logged in
 * @param role what they may do
 * @param address where they ask from
 */
public record Caller(String user, Role role, String address) {
    /**
     * Whether they may do what a role may.
     *
     * @param wanted the role
     * @return true if they may
     */
    public boolean may(Role wanted) {
        return role.compareTo(wanted) >= 0;
    }
}
