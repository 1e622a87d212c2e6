/** A function that keeps its last result, for arguments that come several times in a row. */
export const lastOf = <Argument, Result>(
	make: (argument: Argument) => Result,
): ((argument: Argument) => Result) => {
	let last: {readonly argument: Argument; readonly result: Result} | undefined;
	return argument => {
		if (last === undefined || last.argument !== argument) {
			last = {argument, result: make(argument)};
		}

		return last.result;
	};
};
