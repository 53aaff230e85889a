package dev.jiggety.agent.bench.couch;

import dev.jiggety.bench.ProcessCost;
import dev.jiggety.couch.HubAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server that is measured.
 *
 * @param address with the credentials to use
 * @param process its process on this machine, where it is known: for its CPU time and memory
 */
public record Server(HubAddress address, Optional<ProcessHandle> process) {

  /** One request on a connection of its own. */
  Wire.Answer ask(String method, String path, byte @Nullable [] body) throws IOException {
    try (Wire wire = new Wire(address)) {
      return wire.send(method, path, body);
    }
  }

  /**
   * The same where only one answer will do.
   *
   * @throws NotMeasuredException with what the server said instead
   */
  Wire.Answer ask(int status, String method, String path, byte @Nullable [] body)
      throws IOException, NotMeasuredException {
    Wire.Answer answer = ask(method, path, body);
    answer.require(status);
    return answer;
  }

  /** CPU time that the process has used until now. */
  Optional<Duration> cpu() {
    return process.flatMap(handle -> ProcessCost.of(handle).cpu());
  }

  /** Resident memory of the process in MiB; empty where the system does not tell. */
  Optional<Double> residentMiB() {
    return process.flatMap(handle -> ProcessCost.of(handle).residentMiB());
  }
}
