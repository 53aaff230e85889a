package dev.jiggety.agent.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openqa.selenium.MutableCapabilities;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.remote.HttpCommandExecutor;
import org.openqa.selenium.remote.RemoteWebDriver;
import org.openqa.selenium.remote.http.ClientConfig;

/** A real Chromium that shows pages as visitors see them: without scripts, of any width. */
final class Viewer implements AutoCloseable {
  private static final Pattern PORT = Pattern.compile("successfully on port (\\d+)");

  final RemoteWebDriver driver;
  private final Process process;
  private final URI address;
  private final HttpClient http = HttpClient.newHttpClient();

  Viewer(Path profile) throws IOException {
    process =
        new ProcessBuilder(program("JIGGETY_CHROMEDRIVER", "chromedriver"), "--port=0")
            .redirectErrorStream(true)
            .start();
    address = URI.create("http://127.0.0.1:" + port());
    MutableCapabilities wanted = new MutableCapabilities();
    wanted.setCapability("browserName", "chrome");
    wanted.setCapability("goog:loggingPrefs", Map.of("browser", "ALL"));
    wanted.setCapability(
        "goog:chromeOptions",
        Map.of(
            "binary",
            program("JIGGETY_CHROMIUM", "/usr/bin/chromium"),
            "args",
            List.of(
                "--headless=new",
                "--no-sandbox",
                "--hide-scrollbars",
                "--disable-dev-shm-usage",
                "--user-data-dir=" + profile)));
    // By its own executor: the other way needs tracing, which this program leaves out.
    HttpCommandExecutor executor =
        new HttpCommandExecutor(
            org.openqa.selenium.remote.http.HttpClient.Factory.createDefault()
                .createClient(ClientConfig.defaultConfig().baseUri(address)),
            address.toURL());
    driver = new RemoteWebDriver(executor, wanted);
    devTools("Emulation.setScriptExecutionDisabled", "{\"value\":true}");
  }

  private static String program(String variable, String usual) {
    String named = System.getenv(variable);
    return named == null ? usual : named;
  }

  private int port() throws IOException {
    BufferedReader lines = process.inputReader();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher port = PORT.matcher(line);
      if (port.find()) {
        Thread.ofPlatform().daemon().start(() -> lines.lines().forEach(rest -> {}));
        return Integer.parseInt(port.group(1));
      }
    }
    throw new IOException("chromedriver did not start");
  }

  /** Opens a page. */
  void show(URI page, int width, int height, String scheme) {
    devTools(
        "Emulation.setDeviceMetricsOverride",
        "{\"width\":"
            + width
            + ",\"height\":"
            + height
            + ",\"deviceScaleFactor\":1,\"mobile\":false}");
    devTools(
        "Emulation.setEmulatedMedia",
        "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"" + scheme + "\"}]}");
    driver.get(page.toString());
  }

  /** Keeps a picture of all of the page, for people to look at. */
  void picture(Path file) throws IOException {
    long height = ((Number) ask("return document.documentElement.scrollHeight")).longValue();
    long width = ((Number) ask("return innerWidth")).longValue();
    devTools(
        "Emulation.setDeviceMetricsOverride",
        "{\"width\":"
            + width
            + ",\"height\":"
            + height
            + ",\"deviceScaleFactor\":1,\"mobile\":false}");
    Files.createDirectories(file.getParent());
    Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
  }

  /** The answer to a question that the tools of developers ask; the page's own scripts are off. */
  Object ask(String script) {
    return driver.executeScript(script);
  }

  /** What the browser complained about since the last call. */
  List<String> complaints() {
    return driver.manage().logs().get("browser").getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  private void devTools(String command, String parameters) {
    HttpRequest request =
        HttpRequest.newBuilder(
                address.resolve("/session/" + driver.getSessionId() + "/goog/cdp/execute"))
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"cmd\":\"" + command + "\",\"params\":" + parameters + "}"))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(answer.body());
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      driver.quit();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
