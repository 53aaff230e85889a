package dev.jiggety.agent.store;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What opening found.
 *
 * @param created whether the store is new (there was no file, or it was set aside)
 * @param setAside where the damaged file went
 * @param reason what was wrong with it, for people; empty where nothing was
 */
public record OpenReport(boolean created, Optional<Path> setAside, String reason) {}
