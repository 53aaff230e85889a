package dev.jiggety.agent.queue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Why a broker cannot be reached. Artemis says "cannot connect" of a closed port and of a wrong
 * certificate alike, so the way there is tried once more, step by step.
 */
final class Diagnosis {
  private static final int PATIENCE = 2_000; // ms for each step

  private Diagnosis() {}

  /** The failure of a connection to this place, as one line for people. */
  static QueueException of(QueueConfig.Remote config, BrokerUrl.Place place, Exception cause) {
    String found = look(config, place);
    String broker = "the broker at " + place + ": ";
    return new QueueException(broker + (found == null ? Faults.remedy(cause) : found), cause);
  }

  /** What stands in the way; null when nothing does up to the broker itself. */
  private static @Nullable String look(QueueConfig.Remote config, BrokerUrl.Place place) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(place.host(), place.port()), PATIENCE);
      socket.setSoTimeout(PATIENCE);
      if (config.url().tls()) {
        greet(config, place, socket);
      }
      return null;
    } catch (SSLHandshakeException e) {
      return "its certificate is not trusted ("
          + Faults.why(e)
          + "): give the certificate that signs it, and the name that it is for";
    } catch (SSLException e) {
      return "it does not speak TLS (" + Faults.why(e) + "): write tcp://, or start it with TLS";
    } catch (ConnectException e) {
      return "nothing listens there: start it, or mend the address";
    } catch (UnknownHostException e) {
      return "there is no machine of that name: mend the address";
    } catch (IOException e) {
      return "it does not answer (" + Faults.why(e) + "): see whether it runs, and the network";
    } catch (GeneralSecurityException e) {
      return "TLS cannot be used (" + Faults.why(e) + ")";
    } catch (QueueException e) {
      return e.getMessage();
    }
  }

  private static void greet(QueueConfig.Remote config, BrokerUrl.Place place, Socket socket)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(config.authority().map(CertificateFile::authorities).orElse((KeyStore) null));
    context.init(null, trust.getTrustManagers(), null);
    try (SSLSocket encrypted =
        (SSLSocket)
            context.getSocketFactory().createSocket(socket, place.host(), place.port(), true)) {
      SSLParameters parameters = encrypted.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      encrypted.setSSLParameters(parameters);
      encrypted.startHandshake();
    }
  }
}
