/**
 * Chromium as a browser for tests. Selenium drives it by WebDriver; what WebDriver does not tell
 * (answers, times, certificates, messages of the console) comes by Chromium's own DevTools
 * protocol. Each browser is a tree of processes of its own in a folder of its own, and nothing of
 * either is left when it is closed, or when the process that started it dies.
 */
@NullMarked
package dev.jiggety.agent.browser.chromium;

import org.jspecify.annotations.NullMarked;
