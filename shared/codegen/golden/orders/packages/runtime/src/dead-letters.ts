import { deadLetter, type ErrorHandlingOptions } from '@millstream/streams';

/** What cannot be read, processed or written goes to a topic, with the cause in headers; the service goes on. */
export function deadLettersTo(topic: string): ErrorHandlingOptions {
  return {
    deadLetterTopic: topic,
    deserializationExceptionHandler: deadLetter(),
    processingExceptionHandler: deadLetter(),
    productionExceptionHandler: deadLetter(),
  };
}
