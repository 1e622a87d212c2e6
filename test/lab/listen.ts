import type {Background, Namespace} from './namespace.ts';
import {labProgram} from './programs.ts';

/** Opens TCP ports on every address of the namespace; connections are accepted and closed. */
export const listen = async (namespace: Namespace, ports: readonly number[]): Promise<Background> =>
	namespace.start(await labProgram('listener'), ports.map(String));
