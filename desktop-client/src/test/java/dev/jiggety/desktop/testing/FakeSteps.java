package dev.jiggety.desktop.testing;

import dev.jiggety.couch.Credentials;
import dev.jiggety.desktop.program.Trial;
import dev.jiggety.desktop.view.start.FirstSteps;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** First steps that go as the test says. */
public final class FakeSteps implements FirstSteps {
  public boolean program = true;
  public @Nullable String failure;
  public Found found = new Found("CouchDB", "3.5.0", true, false);
  public List<String> stages = List.of("hub", "databases", "manager", "nodes", "tests");
  public final List<String> done = new ArrayList<>();
  public Optional<Credentials> login = Optional.empty();

  @Override
  public boolean hasProgram() {
    return program;
  }

  @Override
  public Trial.Ready tryHere(Consumer<String> told) throws IOException {
    stages.forEach(told);
    refuse();
    done.add("tried");
    return new Trial.Ready("http://127.0.0.1:7481/", Path.of("operator.key"));
  }

  @Override
  public void stopTrying() {
    done.add("stopped");
  }

  @Override
  public Found look(String url, Optional<Credentials> who) throws IOException {
    refuse();
    login = who;
    return found;
  }

  @Override
  public List<String> provision(String url, Optional<Credentials> who) throws IOException {
    refuse();
    login = who;
    done.add("provisioned " + url);
    return List.of("created jiggety-config", "the hub is ready: 1 made, 0 were there");
  }

  @Override
  public void close() {
    done.add("closed");
  }

  private void refuse() throws IOException {
    if (failure != null) {
      throw new IOException(failure);
    }
  }
}
