package dev.jiggety.agent.browser;

import dev.jiggety.model.Connection;
import java.nio.file.Path;

/**
 * How a browser is to be opened.
 *
 * @param connection how to get to sites
 * @param javascript whether scripts of pages run, where the engine can do without
 * @param width of the window, in CSS pixels
 * @param height of the window
 * @param deadline on {@link System#nanoTime}: when all of it has to be over
 * @param folder for what the engine must have on disk; empty, its owner deletes it
 */
public record BrowserOptions(
    Connection connection, boolean javascript, int width, int height, long deadline, Path folder) {}
