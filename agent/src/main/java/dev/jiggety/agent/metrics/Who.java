package dev.jiggety.agent.metrics;

/**
 * Whose figures they are.
 *
 * @param role {@code node}, {@code manager} or {@code hub}
 * @param name of that part
 * @param version of this program
 */
public record Who(String role, String name, String version) {}
