/// Describes in one what both dialects of an API have: as the public cloud has it, widened to what the private cloud takes
/// too, and with what differs told in words.
extension OperationPlan {
    /// The plan of a route that both dialects have.
    init(merging plan: OperationPlan, with other: OperationPlan) {
        var parameters: [Parameter] = []
        var notes: [ParameterDocumentation] = []
        let others = other.entry.parameters
        for (index, own) in plan.entry.parameters.enumerated() {
            let documentation = plan.field(index).documentation
            guard let position = others.firstIndex(where: { $0.restName == own.restName }) else {
                parameters.append(own)
                let isRegion = Parameter.regionNames.contains(own.name)
                notes.append(isRegion ? documentation : documentation.adding("Not on the private cloud."))
                continue
            }
            let other = others[position]
            let differences = own.differences(of: other)
            parameters.append(own.widened(to: other))
            var sentences: [String] = []
            if let value = own.defaultValue, !value.isEmpty, value != other.defaultValue, !documentation.note.contains("efault") {
                sentences.append("Default on the public cloud: \(value).")
            }
            if !differences.isEmpty { sentences.append("Private cloud: \(differences.joined(separator: "; ")).") }
            notes.append(sentences.reduce(documentation) { $0.adding($1) })
        }
        for (index, parameter) in others.enumerated() where !Parameter.regionNames.contains(parameter.name) {
            guard !plan.entry.parameters.contains(where: { $0.restName == parameter.restName }) else { continue }
            let isRequired = parameter.requirement == .required
            parameters.append(parameter.with(requirement: isRequired ? .conditional : parameter.requirement))
            notes.append(
                other.field(index).documentation.adding("Private cloud only\(isRequired ? ", and required there" : "")."))
        }
        self.init(
            plan.entry.with(parameters: parameters), route: plan.index,
            plan.documentation.merged(with: other.documentation, parameters: notes),
            dialects: [plan.entry.dialect, other.entry.dialect],
            privateSuccess: plan.route.success == other.route.success ? nil : other.route.success)
    }
}

extension Parameter {
    /// What another dialect says otherwise about this parameter, each in a few words.
    fileprivate func differences(of other: Parameter) -> [String] {
        var texts: [String] = []
        if other.requirement == .required, requirement != .required { texts.append("required") }
        if requirement == .required, other.requirement != .required { texts.append("not required") }
        if Set(allowedValues) != Set(other.allowedValues) {
            let values = other.allowedValues.map { "`\($0)`" }.joined(separator: ", ")
            let isTruth = type == .boolean && Set(other.allowedValues.map { $0.lowercased() }) == ["true", "false"]
            if !isTruth { texts.append(values.isEmpty ? "any value" : "one of \(values)") }
        }
        if minimum != other.minimum || maximum != other.maximum { texts.append(other.rangeText ?? "no range") }
        if minLength != other.minLength || maxLength != other.maxLength {
            texts.append(other.lengthText.map { "\($0) characters" } ?? "any length")
        }
        if maxItems != other.maxItems {
            texts.append(other.maxItems.map { "up to \($0) elements" } ?? "any number of elements")
        }
        if let value = other.defaultValue, !value.isEmpty, value != defaultValue { texts.append("default `\(value)`") }
        if isList != other.isList { texts.append(other.isList ? "a list" : "one value") }
        return texts
    }

    /// The parameter with the limits that let everything pass that one of both takes.
    fileprivate func widened(to other: Parameter) -> Parameter {
        let values = allowedValues + other.allowedValues.filter { !allowedValues.contains($0) }
        // Generators of clients make one name of what differs by letter case alone; the note tells those.
        let areDistinct = Set(values.map { $0.lowercased() }).count == values.count
        let isRestricted = !allowedValues.isEmpty && !other.allowedValues.isEmpty && areDistinct
        return Parameter(
            name: name, type: type,
            requirement: requirement == other.requirement ? requirement : .conditional,
            isSecret: isSecret || other.isSecret, isDeprecated: isDeprecated, allowedValues: isRestricted ? values : [],
            ignoresCase: ignoresCase || other.ignoresCase,
            defaultValue: other.defaultValue == defaultValue ? defaultValue : nil,
            minimum: Self.wider(minimum, other.minimum, min), maximum: Self.wider(maximum, other.maximum, max),
            minLength: Self.wider(minLength, other.minLength, min), maxLength: Self.wider(maxLength, other.maxLength, max),
            maxItems: Self.wider(maxItems, other.maxItems, max), pattern: pattern == other.pattern ? pattern : nil,
            format: format, aliases: aliases, fields: fields.isEmpty ? other.fields : fields)
    }

    fileprivate func with(requirement: Requirement) -> Parameter {
        Parameter(
            name: name, type: type, requirement: requirement, isSecret: isSecret,
            isDeprecated: isDeprecated, allowedValues: allowedValues, ignoresCase: ignoresCase, defaultValue: defaultValue,
            minimum: minimum, maximum: maximum, minLength: minLength, maxLength: maxLength, maxItems: maxItems,
            pattern: pattern, format: format, aliases: aliases, fields: fields)
    }

    /// No limit where one side has none.
    private static func wider<Limit>(_ one: Limit?, _ other: Limit?, _ choose: (Limit, Limit) -> Limit) -> Limit? {
        guard let one, let other else { return nil }
        return choose(one, other)
    }
}

extension ParameterDocumentation {
    /// The same with a sentence behind the note.
    fileprivate func adding(_ sentence: String) -> ParameterDocumentation {
        let glue = note.isEmpty || note.hasSuffix(".") ? "" : "."
        return ParameterDocumentation(
            note: note + glue + (note.isEmpty ? "" : " ") + sentence, example: example, fields: fields)
    }
}

extension ActionDocumentation {
    /// The answer with what only another dialect documents. Of its rules nothing is taken over: most are the same in other
    /// words.
    fileprivate func merged(with other: ActionDocumentation, parameters: [ParameterDocumentation]) -> ActionDocumentation {
        let known = Set(answer.map { Self.place($0.path) })
        let added = other.answer.filter { !known.contains(Self.place($0.path)) && !isShapedOtherwise($0.path) }.map { field in
            AnswerField(path: field.path, type: field.type, note: "Private cloud only. \(field.note)".trimmingLastBlank)
        }
        let shared = answer.map { $0.widened(to: other.answer) }
        return ActionDocumentation(
            parameters: parameters, answer: shared + added, example: example, errors: errors, rules: rules, sample: sample)
    }

    /// Whether a place of the other dialect lies in what is a list here and a structure there, or is the one list of an object
    /// that has a list of another name here: callers see neither object nor name.
    private func isShapedOtherwise(_ path: String) -> Bool {
        let parts = path.split(separator: ".")
        let isInside = parts.indices.dropLast().contains { end in
            let prefix = parts[...end].joined(separator: ".")
            return answer.contains {
                Self.place($0.path) == Self.place(prefix) && $0.path.hasSuffix("[]") != prefix.hasSuffix("[]")
            }
        }
        let parent = parts.dropLast().joined(separator: ".") + "."
        let children = answer.filter { $0.path.hasPrefix(parent) && !$0.path.dropFirst(parent.count).contains(".") }
        return isInside || path.hasSuffix("[]") && children.count == 1 && children[0].path.hasSuffix("[]")
    }

    /// A place in the answer as REST names it. Of the lists that one dialect has where the other has a structure, only the
    /// first is told.
    fileprivate static func place(_ path: String) -> String {
        path.replacing("[]", with: "").split(separator: ".").map { RESTName.inAnswers(String($0)) }.joined(separator: ".")
    }
}

extension ActionDocumentation.AnswerField {
    /// The field with a type that fits what either dialect has at its place.
    fileprivate func widened(to others: [Self]) -> Self {
        let place = ActionDocumentation.place(path)
        guard let other = others.first(where: { ActionDocumentation.place($0.path) == place }) else { return self }
        if path.hasSuffix("[]") != other.path.hasSuffix("[]") { return Self(path: path, type: "\(type) or list", note: note) }
        let isNumber = [type, other.type].allSatisfy { $0 == "Integer" || $0 == "Long" }
        let both = type == other.type ? type : isNumber ? "Long" : "\(type) or \(other.type)"
        return Self(path: path, type: both, note: note)
    }
}

extension String {
    fileprivate var trimmingLastBlank: String { hasSuffix(" ") ? String(dropLast()) : self }
}
