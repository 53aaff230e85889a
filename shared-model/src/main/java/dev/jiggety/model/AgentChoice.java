package dev.jiggety.model;

/**
 * Which release of the agent nodes shall run: a part of the configuration, so that it comes and
 * goes by patches. Without one they run what was installed.
 *
 * @param version of the release
 * @param digest of the document {@code release:<version>}, 64 hexadecimal digits: names this very
 *     release, whatever else is called so later
 */
public record AgentChoice(String version, String digest) {}
