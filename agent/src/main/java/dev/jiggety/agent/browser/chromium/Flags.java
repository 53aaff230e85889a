package dev.jiggety.agent.browser.chromium;

import dev.jiggety.agent.browser.BrowserOptions;
import dev.jiggety.model.Connection;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Chromium's command line. Pure. */
final class Flags {
  /** What scripts of a page may have of JavaScript's heap, in MiB. */
  static final int HEAP = 384;

  private Flags() {}

  /**
   * Why Chromium cannot be used in that way; empty when it can. Nothing that a test asks for is
   * left out in silence.
   */
  static Optional<String> refusal(Connection connection) {
    if (connection.resolver() != null) {
      return cannot("ask a name server of its own (connection.resolver)");
    }
    if (connection.family() != Connection.Family.ANY) {
      return cannot("be kept to one family of addresses (connection.family)");
    }
    if (connection.version() == Connection.Version.HTTP_2) {
      return cannot("be kept to HTTP/2 (connection.version)");
    }
    if (connection.clientCertificate() != null || connection.clientKey() != null) {
      return cannot("show a client certificate (connection.client-certificate)");
    }
    String proxy = connection.proxy();
    if (proxy != null && isSocks(proxy) && user(proxy).isPresent()) {
      return cannot("give a user and a password to a SOCKS proxy (connection.proxy)");
    }
    return Optional.empty();
  }

  /** All arguments but the ones of the driver. */
  static List<String> of(BrowserOptions options, Path profile, boolean root) {
    List<String> flags = new ArrayList<>();
    flags.add("--headless=new");
    flags.add("--user-data-dir=" + profile);
    flags.add("--window-size=" + options.width() + "," + options.height());
    flags.add("--hide-scrollbars");
    flags.add("--force-device-scale-factor=1");
    flags.add("--js-flags=--max-old-space-size=" + HEAP);
    flags.add("--disk-cache-size=" + (32 << 20));
    flags.add("--remote-debugging-address=127.0.0.1");
    flags.addAll(QUIET);
    if (root) {
      flags.add("--no-sandbox");
    }
    flags.addAll(connection(options.connection()));
    return flags;
  }

  private static final List<String> QUIET =
      List.of(
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--no-default-browser-check",
          "--no-pings",
          "--disable-background-networking",
          "--disable-breakpad",
          "--disable-client-side-phishing-detection",
          "--disable-component-update",
          "--disable-default-apps",
          "--disable-domain-reliability",
          "--disable-extensions",
          "--disable-sync",
          "--disable-search-engine-choice-screen",
          "--deny-permission-prompts",
          "--metrics-recording-only",
          "--mute-audio",
          "--password-store=basic",
          "--use-mock-keychain",
          "--disable-features=MediaRouter,OptimizationHints,Translate,AutofillServerCommunication,"
              + "CertificateTransparencyComponentUpdater,InterestFeedContentSuggestions,"
              + "OnDeviceModel,OptimizationGuideOnDeviceModel,HttpsUpgrades,"
              + "HttpsFirstBalancedModeAutoEnable");

  private static List<String> connection(Connection connection) {
    List<String> flags = new ArrayList<>();
    String address = connection.address();
    if (address != null) {
      boolean six = address.contains(":") && !address.startsWith("[");
      flags.add("--host-resolver-rules=MAP * " + (six ? "[" + address + "]" : address));
    }
    if (connection.version() == Connection.Version.HTTP_1_1) {
      flags.add("--disable-http2");
    }
    String proxy = connection.proxy();
    if (proxy == null) {
      flags.add("--no-proxy-server");
    } else {
      URI uri = URI.create(proxy);
      flags.add("--proxy-server=" + uri.getScheme() + "://" + uri.getHost() + ":" + uri.getPort());
      flags.add("--proxy-bypass-list=<-loopback>");
    }
    return flags;
  }

  /** User and password of a proxy, as {@code user:password} without escapes. */
  static Optional<String> user(String proxy) {
    return Optional.ofNullable(URI.create(proxy).getUserInfo());
  }

  private static boolean isSocks(String proxy) {
    return proxy.toLowerCase(Locale.ROOT).startsWith("socks");
  }

  private static Optional<String> cannot(String what) {
    return Optional.of(
        "the engine chromium cannot " + what + ": use the engine htmlunit for this test");
  }
}
