package dev.jiggety.desktop.view.start;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.couch.Credentials;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.couch.Outcome;
import dev.jiggety.desktop.program.Program;
import dev.jiggety.desktop.program.Program.Result;
import dev.jiggety.desktop.program.Trial;
import dev.jiggety.document.DatabaseNames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The first steps by the headless program of this machine and over HTTP. Safe for any thread. */
public final class LocalSteps implements FirstSteps {
  /** The hub's usual port, so that what waits in the basket for it is found again. */
  private static final int PORT = 7481;

  private static final Duration PROVISIONING = Duration.ofMinutes(2);

  private final Path data;
  private @Nullable Trial trial;
  private Trial.@Nullable Ready ready;

  /**
   * Steps on this machine.
   *
   * @param data where a trial keeps everything
   */
  public LocalSteps(Path data) {
    this.data = data;
  }

  @Override
  public boolean hasProgram() {
    return Program.find().isPresent();
  }

  @Override
  public Trial.Ready tryHere(Consumer<String> stages) throws IOException {
    Trial begun;
    synchronized (this) {
      if (trial != null && ready != null && trial.isAlive()) {
        return ready;
      }
      begun = Trial.start(program(), data, port());
      trial = begun;
      ready = null;
    }
    Trial.Ready told = begun.await(stages);
    synchronized (this) {
      ready = told;
    }
    return told;
  }

  @Override
  public void stopTrying() {
    Trial begun;
    synchronized (this) {
      begun = trial;
      trial = null;
      ready = null;
    }
    if (begun != null) {
      begun.close();
    }
  }

  @Override
  public Found look(String url, Optional<Credentials> login) throws IOException {
    try (Hub hub = Hub.open(HubAddress.parse(url, login), HubOptions.DEFAULT)) {
      JsonObject welcome = need(hub.welcome());
      JsonObject session = need(hub.session());
      boolean provisioned = hub.database(DatabaseNames.DEFAULT.config()).info().isOk();
      return new Found(vendor(welcome), text(welcome, "version"), isAdmin(session), provisioned);
    }
  }

  @Override
  public List<String> provision(String url, Optional<Credentials> login)
      throws IOException, InterruptedException {
    Map<String, String> who =
        login
            .map(it ->
                Map.of(
                    Credentials.USER_VARIABLE,
                    it.user(),
                    Credentials.PASSWORD_VARIABLE,
                    it.password().reveal()))
            .orElse(Map.of());
    Result result = program().call(List.of("provision", "--hub", url), "", who, PROVISIONING);
    if (result.exit() != 0) {
      List<String> lines = result.errors().lines().filter(line -> !line.isBlank()).toList();
      throw new IOException(lines.isEmpty() ? "exit code " + result.exit() : lines.getLast());
    }
    return result.out().lines().filter(line -> !line.isBlank()).toList();
  }

  @Override
  public void close() {
    stopTrying();
  }

  private static Program program() throws IOException {
    return Program.find().orElseThrow(() -> new IOException(Program.NAME + " is not installed"));
  }

  private static int port() {
    try (ServerSocket free = new ServerSocket(PORT, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    } catch (IOException taken) {
      return 0;
    }
  }

  private static JsonObject need(Outcome<JsonObject> outcome) throws IOException {
    return outcome.ok().orElseThrow(() -> new IOException(outcome.inWords()));
  }

  private static boolean isAdmin(JsonObject session) {
    return session.get("userCtx") instanceof JsonObject who
        && who.get("roles") instanceof JsonArray roles
        && roles.asList().stream().map(JsonElement::getAsString).anyMatch("_admin"::equals);
  }

  private static String vendor(JsonObject welcome) throws IOException {
    if (!welcome.has("couchdb")) {
      throw new IOException("what answers there is no CouchDB");
    }
    return welcome.get("vendor") instanceof JsonObject vendor && vendor.has("name")
        ? text(vendor, "name")
        : "CouchDB";
  }

  private static String text(JsonObject object, String name) {
    return object.has(name) ? object.get(name).getAsString() : "";
  }
}
